using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Api;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>
/// A list that a host holds is loaded once when it has expired, however many ask for it: no thundering herd.
/// In a time shorter than a list is held, a host that runs on can answer from two lists at most, the one that
/// expires and the next one; the third is loaded only once the second has been held. What callers were
/// answered within that time shows it, whatever breaks; a host that was started anew holds nothing, and
/// counts as another.
/// </summary>
/// <param name="held">How long a list is held.</param>
internal sealed class OneLoadPerExpiry(TimeSpan held)
    : ServicePromise(
        "one-load-per-expiry", "What a host holds is loaded once when it has expired, however many ask")
{
    const int Most = 2;
    const int NsOfTick = 100;

    // For clocks that drift.
    const double ShareOfWindow = 0.95;

    readonly long _windowNs = (long)(held.Ticks * ShareOfWindow) * NsOfTick;

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var windows = history.Operations.Where(operation => operation.Function == RateLimitWorkload.LookUp)
            .SelectMany(lookUp => Prices.In(lookUp).Select(answer => new Answer(
                lookUp, answer.Life, answer.Edition)))
            .GroupBy(answer => answer.Life)
            .OrderBy(life => life.Key)
            .Select(life => Herd([.. life.OrderBy(answer => answer.LookUp.CompletedNs)]))
            .ToList();
        if (!windows.Exists(window => window.Count > 0))
            return Undecided($"no host answered more than {Most} callers within {_windowNs / 1e9:0.0#} s");
        var anomalies = windows.Where(window => Lists(window) > Most)
            .Select(Describe);
        return BrokenBy(anomalies) ?? Holds(
            $"no host answered from more than {windows.Max(Lists)} lists within"
                    + $" {_windowNs / 1e9:0.0#} s, a little less than it holds one");
    }

    // The answers of the window with the most lists; each window ends with an answer, and holds what was
    // asked and answered in it. Windows with so few answers that they cannot be from too many lists do not
    // count, since nothing can be judged by them.
    List<Answer> Herd(List<Answer> byEnd)
    {
        var most = new List<Answer>();
        var first = 0;
        for (var last = 0; last < byEnd.Count; last++)
        {
            var beginNs = byEnd[last].LookUp.CompletedNs - _windowNs;
            while (byEnd[first].LookUp.CompletedNs < beginNs)
                first++;
            List<Answer> inside =
            [
                .. byEnd.Take(first..(last + 1)).Where(answer => answer.LookUp.InvokedNs >= beginNs),
            ];
            if (inside.Count > Most && Lists(inside) > Lists(most))
                most = inside;
        }

        return most;
    }

    static int Lists(List<Answer> answers) => answers.Select(answer => answer.Edition).Distinct().Count();

    Anomaly Describe(List<Answer> window) => new(
        "herd",
        $"{window[0].Life.Host} answered {window.Count:N0} callers within {_windowNs / 1e9:0.0#} s from"
        + $" {Lists(window):N0} price lists, though it holds each for {held.TotalSeconds:0.#} s; one that"
        + " expired is to be loaded once",
        [.. window.DistinctBy(answer => answer.Edition).Select(answer => answer.LookUp.Index).Distinct()]);

    sealed record Answer(Operation LookUp, (string Host, long Since) Life, long Edition);
}
