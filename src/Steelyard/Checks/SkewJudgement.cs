using System.Globalization;
using Steelyard.Formats.Traces;
using Steelyard.Formats.Traces.Clocks;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>
/// Judges operations whose hosts' clocks are apart by an amount that is known only within bounds. Said is
/// only
/// what holds for every offset within them.
/// </summary>
/// <remarks>
/// A history with less order of time than the true one allows more, one with more order allows less. So what
/// breaks <see cref="TracedOperations.Widest"/> is broken, and what holds of
/// <see cref="TracedOperations.Narrowest"/> holds. Where neither answers, the offsets are cut in two and both
/// halves are asked: in the end one answer holds for all of them, or there are two answers, and then the
/// verdict depends on clocks and is Unknown.
/// </remarks>
internal sealed class SkewJudgement
{
    const int MostBoxes = 200;
    const long MostOperations = 6_000_000;
    const int MostReferences = 4;

    readonly TracedOperations _traced;
    readonly TracedHistory _shown;
    readonly Func<History, History> _inOurWords;
    readonly OrderUse _use;
    readonly OffsetBox _all;
    readonly IReadOnlyList<int> _places;

    /// <summary>Takes what was traced.</summary>
    /// <param name="traced">The operations.</param>
    /// <param name="shown">The history whose indices verdicts name.</param>
    /// <param name="inOurWords">Puts a history in the words of the model.</param>
    /// <param name="use">What the model makes of order.</param>
    public SkewJudgement(
        TracedOperations traced, TracedHistory shown, Func<History, History> inOurWords, OrderUse use)
    {
        _traced = traced;
        _shown = shown;
        _inOurWords = inOurWords;
        _use = use;
        _all = traced.Box(traced.Clocks[0]);
        _places = traced.Places(_all);
    }

    /// <summary>Which two hosts are how far apart, at least and at most, the least known pair; null where
    /// operations are all of one host.</summary>
    public string? Skew => WidestPlace() is not { } place ? null : Told(place);

    /// <summary>One checker's verdict, whatever the offsets.</summary>
    public Verdict Of(IChecker checker)
    {
        if (_use != OrderUse.None && _traced.Gaps.Sentence is { } gaps)
            return Verdict.Undecided(checker.Name, $"operations may be missing: {gaps}");
        if (_use == OrderUse.None || _places.All(place => _all.At(place) == (0, 0)))
            return WithGaps(WithSpans(checker.Check(_inOurWords(_shown.History))));
        return _use == OrderUse.Any && ChangesOrder()
            ? Depends(checker, "it concludes from the order of all operations")
            : WithSpans(Searched(checker));
    }

    Verdict Searched(IChecker checker)
    {
        foreach (var clock in _traced.Clocks.Take(MostReferences))
            if (Judged(checker, _traced.Box(clock)) is { } verdict)
                return verdict;
        var boxes = new Stack<OffsetBox>();
        var (valid, invalid) = ((Verdict?)null, (Verdict?)null);
        var left = (int)Math.Min(MostBoxes, MostOperations / Math.Max(1, _traced.Count));
        if (!Push(boxes, _all))
            return Depends(checker, "it was not decided for all of them");
        while (boxes.TryPop(out var box))
        {
            if (left-- <= 0)
                return Depends(checker, "it was not decided for all of them");
            var verdict = Judged(checker, box);
            if (verdict is null && !Push(boxes, box))
                return Depends(checker, "it was not decided for all of them");
            valid ??= verdict?.Validity == Validity.Valid ? verdict : null;
            invalid ??= verdict?.Validity == Validity.Invalid ? verdict : null;
            if (valid is not null && invalid is not null)
                return Depends(checker,
                    "for some of these offsets the promise is kept, for others it is broken");
        }

        return invalid ?? valid!;
    }

    bool Push(Stack<OffsetBox> boxes, OffsetBox box)
    {
        if (box.Halves(_places) is not var (lower, upper))
            return false;
        boxes.Push(upper);
        boxes.Push(lower);
        return true;
    }

    // The verdict for every offset of a box, or null.
    Verdict? Judged(IChecker checker, OffsetBox box)
    {
        var widest = _traced.Widest(box);
        var broken = checker.Check(_inOurWords(widest.History));
        if (broken.Validity == Validity.Invalid)
            return Shown(broken, widest);
        if (_traced.Narrowest(box) is not { } narrowest)
            return null;
        var kept = checker.Check(_inOurWords(narrowest.History));
        return kept.Validity == Validity.Valid ? Shown(kept, narrowest) : null;
    }

    bool ChangesOrder() => _traced.Narrowest(_all) is not { } narrowest
        || !_traced.Widest(_all).HasOrderOf(narrowest);

    Verdict Depends(IChecker checker, string how)
    {
        var offsets = _traced.Offsets;
        if (offsets.Contradiction is var (one, other))
            return Verdict.Undecided(
                checker.Name, $"the clocks of {one} and {other} contradict each other: no offset fits all"
                    + $" their messages, not with {Drift(offsets.DriftPpm)} of drift, and the answer depends"
                    + " on it");
        return Verdict.Undecided(checker.Name, $"the answer depends on clocks: {Skew}; {how}");
    }

    // Indices are those of the history that is shown.
    Verdict Shown(Verdict verdict, TracedHistory judged)
    {
        int At(int index) => _shown.Indices[judged.OperationOf[index]];
        return verdict with
        {
            Anomalies = [.. verdict.Anomalies.Select(anomaly => anomaly with
            {
                Witness = [.. anomaly.Witness.Select(At).Order()],
                Cycle = [.. anomaly.Cycle.Select(
                    step => step with { From = At(step.From), To = At(step.To) })],
            })],
            Linearization = verdict.Linearization is { } order ? [.. order.Select(At)] : null,
        };
    }

    Verdict WithGaps(Verdict verdict) =>
        verdict.Validity == Validity.Unknown && _traced.Gaps.Sentence is { } gaps
            ? Verdict.Undecided(verdict.Checker, $"{verdict.Exhausted}; spans may be missing: {gaps}")
            : verdict;

    Verdict WithSpans(Verdict verdict)
    {
        if (verdict.Validity != Validity.Invalid)
            return verdict;
        List<Anomaly> named = [.. verdict.Anomalies.Select(anomaly => anomaly with
        {
            Explanation = $"{anomaly.Explanation} [{SpansOf(anomaly.Witness)}]",
        })];
        return verdict with
        {
            Anomalies = named,
            Summary = $"{verdict.Summary} [{SpansOf(verdict.Anomalies[0].Witness)}]",
        };
    }

    string SpansOf(IReadOnlyList<int> witness)
    {
        const int most = 4;
        var spans = witness.Where(index => index < _shown.OperationOf.Length)
            .Select(index => _traced[_shown.OperationOf[index]])
            .OrderByDescending(operation => operation.Function == Functions.Effect)
            .Select(operation => operation.Span).Distinct().ToList();
        var told = spans.Take(most).Select(span =>
            $"span {_traced.Spans[span].IdText} \"{_traced.Spans[span].Name}\" of trace"
                + $" {_traced.Spans[span].Trace}");
        return string.Join(", ", told) + (spans.Count > most ? $" and {spans.Count - most} more" : "");
    }

    int? WidestPlace()
    {
        int? widest = null;
        foreach (var place in _places)
            if (_all.At(place) != (0, 0) && (widest is null || Width(place) > Width(widest.Value)))
                widest = place;
        return widest;
    }

    long Width(int place) => OffsetBox.IsOpen(_all.At(place)) ? long.MaxValue
        : _all.At(place).MostNs - _all.At(place).LeastNs;

    string Told(int place)
    {
        var offsets = _traced.Offsets;
        var (host, reference) = (offsets.Names[place / offsets.Cells], offsets.Names[_all.Reference]);
        var (least, most) = _all.At(place);
        if (OffsetBox.IsOpen((least, most)))
            return $"nothing bounds how far the clocks of {host} and {reference} are apart";
        var drift = offsets.Cells == 1 && offsets.DriftPpm <= 100 ? ""
            : $" (with up to {Drift(offsets.DriftPpm)} of drift)";
        return $"the clock of {host} is between {Milliseconds(least)} and {Milliseconds(most)} ahead of that"
            + $" of {reference}{drift}";
    }

    static string Milliseconds(long ns) => (ns / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " ms";

    static string Drift(double ppm) => ppm.ToString("N0", CultureInfo.InvariantCulture) + " ppm";
}
