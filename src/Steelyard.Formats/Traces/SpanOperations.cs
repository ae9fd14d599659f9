using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>Makes operations and effects of spans, by the rules of a map.</summary>
internal sealed class SpanOperations
{
    const int None = -1;

    readonly SpanTable _spans;
    readonly SpanMap _map;
    readonly SpanRule?[] _rules;
    readonly TransactionEnds _ends;
    readonly SpanPattern _mayWriteNothing =
        SpanPattern.Of("/on conflict|on duplicate key|insert (or )?ignore|where not exists|merge into/i");

    readonly List<TracedOperation> _operations = [];
    readonly int _statement;
    bool _hasSeveralFunctions;
    int _withoutId;
    int _unseen;

    SpanOperations(SpanTable spans, SpanMap map)
    {
        _spans = spans;
        _map = map;
        _rules = new SpanRule?[spans.Count];
        _ends = new(spans);
        _statement = map.Names.StatementNumber;
    }

    /// <summary>The operations and effects of spans, by their start, and what the spans do not
    /// show.</summary>
    public static TracedOperations Of(SpanTable spans, SpanMap map)
    {
        var made = new SpanOperations(spans, map);
        made.MatchAll();
        for (var span = 0; span < spans.Count; span++)
            if (made._rules[span] is { Operation: { } operation })
                made.AddOperation(span, operation);
            else if (made._rules[span] is { Effect: { } effect })
                made.AddEffect(span, effect);
        var gaps = SpanGaps.Of(spans, map, made._unseen);
        made.AddUnseenEffects(gaps);
        made._operations.Sort(static (a, b) =>
            (a.StartNs, a.Span, a.Function == Functions.Effect).CompareTo(
                (b.StartNs, b.Span, b.Function == Functions.Effect)));
        return new(spans, map, made._operations, gaps)
        {
            WithoutId = made._withoutId, Matched = made._rules.Count(rule => rule is not null),
        };
    }

    void MatchAll()
    {
        var matcher = new SpanRuleMatcher(_spans, _map);
        for (var span = 0; span < _spans.Count; span++)
            if (_spans.Index.IsFirst(span))
                _rules[span] = matcher.Of(span);
        _hasSeveralFunctions = _map.Rules.Select(rule => rule.Operation)
            .Where(operation => operation?.Id is not null)
            .Select(operation => operation!.Function).Distinct(StringComparer.Ordinal).Count() > 1;
    }

    void AddOperation(int span, SpanOperation operation)
    {
        var outcome = operation.Outcomes.Of(_spans, span);
        var key = operation.Key?.Of(_spans, span) ?? Value.Nil;
        var input = Input(span, operation);
        var output = operation.Output?.Of(_spans, span) ?? Value.Nil;
        if ((operation.Key is not null && key.IsNil) || (operation.Input.Count == 1 && input.IsNil))
        {
            _unseen++;
            return;
        }

        // An answer that nobody recorded is no observation.
        if (operation.Output is not null && output.IsNil && outcome == Outcome.Ok)
            outcome = Outcome.Info;
        if (operation.Id is not null)
        {
            var id = IdOf(span, operation);
            _withoutId += operation.Id.Of(_spans, span).IsNil ? 1 : 0;
            input = input.IsNil ? Value.Map(("id", id)) : Value.Map(("id", id), ("value", input));
        }

        Add(span, operation.Function, key, input, output, outcome, operation.Process);
    }

    Value Input(int span, SpanOperation operation)
    {
        if (operation.Input.Count == 1)
            return operation.Input[0].Of(_spans, span);
        return operation.Input.Count == 0 ? Value.Nil
            : Value.List([.. operation.Input.Select(source => source.Of(_spans, span))]);
    }

    // Ids of different functions are different; a request without one is a promise of its own.
    Value IdOf(int span, SpanOperation operation)
    {
        var id = operation.Id!.Of(_spans, span);
        if (id.IsNil)
            id = $"span {_spans[span].IdText}";
        return _hasSeveralFunctions ? Value.List(operation.Function, id) : id;
    }

    void AddEffect(int span, SpanEffect effect)
    {
        var above = OperationAbove(span);
        var own = effect.Id?.Of(_spans, span) ?? Value.Nil;
        var id = own.IsNil ? Value.Nil
            : _hasSeveralFunctions && above != None
                ? Value.List(_rules[above]!.Operation!.Function, own) : own;
        if (effect.Id is null && above != None)
            id = IdOf(above, _rules[above]!.Operation!);
        Add(
            span, Functions.Effect, effect.Name, Value.Map(("id", id)), Value.Nil, OutcomeOf(span, effect),
                null);
    }

    // The nearest operation with an id among the spans above.
    int OperationAbove(int span)
    {
        var steps = 0;
        for (var above = _spans.Index.ParentOf(span); above != None && steps++ < _spans.Count;
             above = _spans.Index.ParentOf(above))
            if (_rules[above]?.Operation?.Id is not null)
                return above;
        return None;
    }

    // What a statement wrote stands when its transaction is committed. Npgsql shows no commits; where no
    // tracer
    // does, a request that ended well has committed, and one that did not may have rolled back.
    Outcome OutcomeOf(int span, SpanEffect effect)
    {
        var own = SpanOutcomes.Usual.Of(_spans, span);
        if (own != Outcome.Ok)
            return own;
        if (_ends.Of(span) is { } end and not Outcome.Ok)
            return end;
        var statement = _spans.Attribute(span, _statement);
        if (statement.Kind == ValueKind.Text && _mayWriteNothing.Fits(statement.AsText))
            return Outcome.Info;
        if (effect.CommitsAlone || _ends.Of(span) is not null)
            return Outcome.Ok;
        return RequestAround(span) is { } request && SpanOutcomes.Usual.Of(_spans, request) != Outcome.Ok
            ? Outcome.Info : Outcome.Ok;
    }

    // The request of the same service that a span is part of, or the topmost span above; null is none.
    int? RequestAround(int span)
    {
        int? request = null;
        var steps = 0;
        for (var above = _spans.Index.ParentOf(span); above != None && steps++ < _spans.Count;
             above = _spans.Index.ParentOf(above))
        {
            request = above;
            if (_spans[above].Kind is SpanKind.Server or SpanKind.Consumer)
                break;
        }

        return request;
    }

    // A request that nobody recorded at the server may have had any effect there; where spans are missing,
    // anybody may have.
    void AddUnseenEffects(SpanGaps gaps)
    {
        var names = _map.Rules.Select(rule => rule.Effect?.Name).OfType<string>()
            .Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0 || _operations.Count == 0)
            return;
        if (gaps.Sentence is not null)
            foreach (var name in names)
                Add(_operations[0].Span, Functions.Effect, name, Value.Map(("id", Value.Nil)), Value.Nil,
                    Outcome.Info, null);
        var isServed = Served(out var recorded);
        for (var span = 0; span < _spans.Count; span++)
            if (!isServed[span] && _spans[span].Kind is SpanKind.Client or SpanKind.Producer
                && _rules[span] is { Operation: { Id: not null } operation } rule
                && IsUnseen(operation.Outcomes.Of(_spans, span), recorded.Contains(rule)))
                foreach (var name in names)
                    Add(span, Functions.Effect, name, Value.Map(("id", IdOf(span, operation))), Value.Nil,
                        Outcome.Info, null);
    }

    // Where servers are recorded, a request that was not answered and shows none never came to one.
    static bool IsUnseen(Outcome outcome, bool isRecorded) =>
        outcome == Outcome.Ok || (outcome == Outcome.Info && !isRecorded);

    // The spans that have a server's below them, and the rules of which some have.
    bool[] Served(out HashSet<SpanRule> recorded)
    {
        recorded = new(ReferenceEqualityComparer.Instance);
        var isServed = new bool[_spans.Count];
        for (var span = 0; span < _spans.Count; span++)
            if (_spans.Index.ParentOf(span) is var parent and not None
                && _spans[span].Kind is SpanKind.Server or SpanKind.Consumer)
            {
                isServed[parent] = true;
                if (_rules[parent] is { } rule)
                    recorded.Add(rule);
            }

        return isServed;
    }

    void Add(
        int span, string function, Value key, Value input, Value output, Outcome outcome, SpanSource? process)
    {
        ref readonly var record = ref _spans[span];
        _operations.Add(new(
            span, _spans.ClockOf(span), function, key, input, output, outcome,
            process?.Of(_spans, span) ?? Value.Nil, record.StartNs, record.EndNs));
    }
}
