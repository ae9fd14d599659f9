using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>All spans of a file. Spans of one batch share its resource: the service, and the host whose clock
/// they were taken by.</summary>
internal sealed class SpanTable(AttributeNames names)
{
    const string NoClock = "an unnamed host";

    readonly Chunks<SpanAttribute> _attributes = new();
    readonly Chunks<SpanRecord> _spans = new();
    readonly List<SpanBatch> _batches = [];
    readonly OrderedDictionary<string, int> _clocks = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, int> _services = new(StringComparer.Ordinal);
    SpanIndex? _index;
    bool _isBatchOpen;

    /// <summary>The attributes that are kept.</summary>
    public AttributeNames Names => names;

    /// <summary>How many spans.</summary>
    public int Count => _spans.Count;

    /// <summary>The hosts that have a clock of their own.</summary>
    public IReadOnlyList<string> Clocks => _clocks.Keys;

    /// <summary>The services that recorded spans.</summary>
    public IReadOnlyList<string> Services => _services.Keys;

    /// <summary>How many spans say themselves that a sampler left others out.</summary>
    public int SampledSpans { get; set; }

    /// <summary>Where a file that was kept in part is cut short, or null.</summary>
    public string? PartialReason { get; set; }

    /// <summary>A span.</summary>
    public ref readonly SpanRecord this[int span] => ref _spans[span];

    /// <summary>The batch of a span.</summary>
    public SpanBatch BatchOf(int span) => _batches[this[span].Batch];

    /// <summary>The number of the clock a span was taken by.</summary>
    public int ClockOf(int span) => BatchOf(span).Clock;

    /// <summary>Where spans are found by their ids; made when first asked for.</summary>
    public SpanIndex Index => _index ??= new(this);

    /// <summary>The value of an attribute of a span, or else of its resource; nil where it has
    /// none.</summary>
    public Value Attribute(int span, int name)
    {
        ref readonly var record = ref this[span];
        for (var i = record.FirstAttribute; i < record.FirstAttribute + record.AttributeCount; i++)
            if (_attributes[i].Name == name)
                return _attributes[i].Value;
        return _batches[record.Batch].Attribute(name);
    }

    /// <summary>Begins a batch; its resource may be told after its spans.</summary>
    public void BeginBatch()
    {
        _batches.Add(new());
        _isBatchOpen = true;
    }

    /// <summary>Ends a batch, whose resource is known now; nothing where none has begun, or it was cut short
    /// and has ended.</summary>
    public void EndBatch()
    {
        if (!_isBatchOpen)
            return;
        _isBatchOpen = false;
        Number(_batches[^1]);
    }

    void Number(SpanBatch batch)
    {
        var service = batch.Attribute(names.ServiceNumber);
        (batch.ServiceNumber, batch.Service) = Numbered(service.IsNil ? "" : service.ToString(), _services);
        var clock = names.ClockNumbers.Select(batch.Attribute).FirstOrDefault(value => !value.IsNil);
        var host = clock.IsNil ? NoClock : clock.ToString();
        batch.Clock = Numbered(host, _clocks).Number;
    }

    static (int Number, string Text) Numbered(string text, OrderedDictionary<string, int> known)
    {
        if (!known.TryGetValue(text, out var number))
            known.Add(text, number = known.Count);
        return (number, known.GetAt(number).Key);
    }

    /// <summary>Adds an attribute of the batch's resource.</summary>
    public void AddResource(int name, Value value)
    {
        _batches[^1].Attributes.Add(new(name, value));
        LookForSampling(name, value);
    }

    /// <summary>How many attributes there are: where those of the next span begin.</summary>
    public int AttributeCount => _attributes.Count;

    /// <summary>Adds an attribute of the span that is added next.</summary>
    public void AddAttribute(int name, Value value)
    {
        _attributes.Add(new(name, value));
        LookForSampling(name, value);
    }

    /// <summary>Adds a span to the batch that was begun last; its attributes are those added since the last
    /// span.</summary>
    public void Add(SpanRecord span)
    {
        span.Batch = _batches.Count - 1;
        span.AttributeCount = _attributes.Count - span.FirstAttribute;
        _spans.Add(span);
    }

    /// <summary>Adds all of another table, which was read from the bytes that follow.</summary>
    public void Append(SpanTable other)
    {
        var (batch, attribute) = (_batches.Count, _attributes.Count);
        foreach (var one in other._batches)
        {
            _batches.Add(one);
            Number(one);
        }

        _attributes.AddAll(other._attributes);
        for (var i = 0; i < other._spans.Count; i++)
        {
            var span = other._spans[i];
            span.Batch += batch;
            span.FirstAttribute += attribute;
            _spans.Add(span);
        }

        SampledSpans += other.SampledSpans;
    }

    void LookForSampling(int name, Value value)
    {
        if (names.IsSampling(name) && IsShare(value))
            SampledSpans++;
    }

    // A probability below 1, or a rate of one in more than 1.
    static bool IsShare(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.AsInteger > 1,
        ValueKind.Real => value.AsReal is > 0 and not 1,
        _ => false,
    };
}

/// <summary>What the spans of one batch share.</summary>
internal sealed class SpanBatch
{
    /// <summary>The attributes of its resource that are kept.</summary>
    public List<SpanAttribute> Attributes { get; } = [];

    /// <summary>The service; empty where none is named.</summary>
    public string Service { get; set; } = "";

    /// <summary>Its number among <see cref="SpanTable.Services"/>.</summary>
    public int ServiceNumber { get; set; }

    /// <summary>The number of the clock.</summary>
    public int Clock { get; set; }

    /// <summary>An attribute of the resource, or nil.</summary>
    public Value Attribute(int name)
    {
        foreach (var (known, value) in Attributes)
            if (known == name)
                return value;
        return Value.Nil;
    }
}
