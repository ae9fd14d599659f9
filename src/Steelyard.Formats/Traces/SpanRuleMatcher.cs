using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>Finds the rule of each span. Service, kind and name are looked at once for all spans that share
/// them.</summary>
internal sealed class SpanRuleMatcher(SpanTable spans, SpanMap map)
{
    const int MostRemembered = 1 << 16;

    // Names are the same strings where they are alike, nearly always.
    readonly Dictionary<string, SpanRule[]>[] _candidates = [.. Enumerable.Range(
        0, spans.Services.Count * Kinds).Select(
            static _ => new Dictionary<string, SpanRule[]>(ReferenceEqualityComparer.Instance))];

    static int Kinds => (int)SpanKind.Consumer + 1;

    /// <summary>The first rule that fits a span, or null.</summary>
    public SpanRule? Of(int span)
    {
        ref readonly var record = ref spans[span];
        var batch = spans.BatchOf(span);
        var candidates = _candidates[(batch.ServiceNumber * Kinds) + (int)record.Kind];
        if (!candidates.TryGetValue(record.Name, out var rules))
        {
            var look = (batch.Service, record.Kind, record.Name);
            rules = [.. map.Rules.Where(rule => MayFit(rule, look))];
            if (candidates.Count < MostRemembered)
                candidates.Add(record.Name, rules);
        }

        foreach (var rule in rules)
            if (HasAttributes(rule, span))
                return rule;
        return null;
    }

    /// <summary>Whether a rule may fit some span of a service, whatever its name, that is of one of some
    /// kinds.</summary>
    public static bool MayFit(SpanRule rule, string? service, params ReadOnlySpan<SpanKind> kinds)
    {
        foreach (var condition in rule.Conditions)
        {
            if (condition.Field == SpanField.Service && service is not null && !condition.Fits(service))
                return false;
            if (condition.Field != SpanField.Kind)
                continue;
            var fits = false;
            foreach (var kind in kinds)
                fits |= condition.Fits(Word(kind));
            if (!fits)
                return false;
        }

        return true;
    }

    /// <summary>A kind as it is written in a map.</summary>
    public static string Word(SpanKind kind) => kind.ToString().ToLowerInvariant();

    static bool MayFit(SpanRule rule, (string Service, SpanKind Kind, string Name) look)
    {
        foreach (var condition in rule.Conditions)
        {
            var text = condition.Field switch
            {
                SpanField.Service => look.Service,
                SpanField.Kind => Word(look.Kind),
                SpanField.Name => look.Name,
                _ => null,
            };
            if (text is not null && !condition.Fits(text))
                return false;
        }

        return true;
    }

    bool HasAttributes(SpanRule rule, int span)
    {
        foreach (var condition in rule.Conditions)
        {
            if (condition.Field != SpanField.Attribute)
                continue;
            var value = spans.Attribute(span, condition.Attribute);
            if (value is { Kind: ValueKind.List, AsList: [var only] })
                value = only;
            if (value.IsNil || !condition.Fits(SpanSource.AsText(value)))
                return false;
        }

        return true;
    }
}
