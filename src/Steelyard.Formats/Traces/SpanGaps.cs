namespace Steelyard.Formats.Traces;

/// <summary>What a file of spans does not show, as far as it can be known.</summary>
/// <param name="Reasons">Why something may be missing that the map asks for, one sentence each without its
/// full stop; empty where nothing speaks for it.</param>
/// <param name="Orphans">How many spans name a parent that is not in the file.</param>
internal sealed record SpanGaps(IReadOnlyList<string> Reasons, int Orphans)
{
    /// <summary>The reasons in one sentence, or null.</summary>
    public string? Sentence => Reasons.Count == 0 ? null : string.Join("; ", Reasons);

    /// <summary>Looks for what is missing.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="map">What is asked of them.</param>
    /// <param name="unseen">How many spans fit a rule and have not what it asks for.</param>
    public static SpanGaps Of(SpanTable spans, SpanMap map, int unseen)
    {
        var reasons = new List<string>();
        if (spans.PartialReason is not null)
            reasons.Add("the file is cut short");
        if (map.IsSampled)
            reasons.Add("the map says that spans were sampled");
        else if (spans.SampledSpans > 0)
            reasons.Add(Invariant($"{spans.SampledSpans:N0} spans say that a sampler left others out"));
        else if (SampledIds.ShareOf(spans) is { } share)
            reasons.Add(Invariant(
                $"all trace ids lie in {share:P1} of their range, as a sampler leaves them"));
        var (orphans, telling) = Orphaned(spans, map);
        if (telling > 0)
            reasons.Add(Invariant($"{telling:N0} spans name a parent that is not in the file"));
        if (unseen > 0)
            reasons.Add(Invariant($"{unseen:N0} spans fit a rule and have no key or no argument"));
        return new(reasons, orphans);
    }

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // Above a server's span stands a client's, which no rule may ask for; above others stand spans of the
    // same service.
    static (int All, int Telling) Orphaned(SpanTable spans, SpanMap map)
    {
        var (all, telling) = (0, 0);
        var isAsked = new Dictionary<(string Service, bool IsEntry), bool>();
        for (var span = 0; span < spans.Count; span++)
        {
            if (!spans.Index.IsOrphan(span))
                continue;
            all++;
            var isEntry = spans[span].Kind is SpanKind.Server or SpanKind.Consumer;
            var look = (spans.BatchOf(span).Service, isEntry);
            if (!isAsked.TryGetValue(look, out var asked))
                isAsked.Add(look, asked = map.Rules.Any(rule => isEntry
                    ? SpanRuleMatcher.MayFit(rule, null, SpanKind.Client, SpanKind.Producer)
                        && rule.Operation is not null
                    : SpanRuleMatcher.MayFit(rule, look.Service, Enum.GetValues<SpanKind>())));
            telling += asked ? 1 : 0;
        }

        return (all, telling);
    }
}
