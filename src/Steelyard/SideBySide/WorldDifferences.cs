using System.Globalization;
using Steelyard.Histories;
using Steelyard.Analysis.Measurements;

namespace Steelyard.SideBySide;

/// <summary>Says in words where a live run differs from the simulated one beside it. One run of each says
/// little of rates: what is within a tenth, or a point, is called the same.</summary>
internal static class WorldDifferences
{
    const double Alike = 1.1;
    const double OnePoint = 0.01;

    /// <summary>All of it, a sentence each.</summary>
    public static IEnumerable<string> Of(WorldColumn live)
    {
        var simulated = live.Twin!;
        return
        [
            Promises(simulated, live), Availability(simulated, live),
            .. Latency(simulated, live, 0.5, "median"),
            .. Latency(simulated, live, 0.99, "99th percentile"),
        ];
    }

    static string Promises(WorldColumn simulated, WorldColumn live)
    {
        var unlike =
            from promise in simulated.Result.Scenario.Promises.Expectations
            let expected = simulated.Found(promise.Name)
            let found = live.Found(promise.Name)
            where expected is not null && found is not null && expected.Validity != found.Validity
            select $"{promise.Name} {Words(expected)} simulated and {Words(found)} live";
        return string.Join("; ", unlike) is { Length: > 0 } told
            ? $"{live.Name}: {told}."
            : $"{live.Name}: every promise comes out as it does simulated.";
    }

    static string Availability(WorldColumn simulated, WorldColumn live)
    {
        var (expected, found) = (simulated.Counts.Share, live.Counts.Share);
        var limit = LimitText.Of(live.Result.Measures.Availability.Limit);
        return Math.Abs(expected - found) < OnePoint
            ? $"{live.Name}: as much is answered within {limit} as simulated ({ShareText.Percent(found)})."
            : $"{live.Name}: {ShareText.Percent(found)} is answered within {limit}, simulated"
                + $" {ShareText.Percent(expected)}.";
    }

    static IEnumerable<string> Latency(
        WorldColumn simulated, WorldColumn live, double share, string name)
    {
        if (simulated.Percentile(share) is not { } expected || live.Percentile(share) is not { } found
            || expected <= 0 || found <= 0)
            yield break;
        var times = Math.Max(expected / found, found / expected);
        var values = $"{live.Name}: the {name} latency is {WorldFigure.Number(found)} ms, simulated"
            + $" {WorldFigure.Number(expected)} ms";
        yield return times < Alike
            ? $"{values}: the same."
            : $"{values}: {Times(times)} as long {(found > expected ? "live" : "simulated")}.";
    }

    static string Times(double times) => times < 1.95
        ? times.ToString("0.0", CultureInfo.InvariantCulture) + " times"
        : times.ToString("#,0", CultureInfo.InvariantCulture) + " times";

    static string Words(Verdict verdict) => verdict.Validity switch
    {
        Validity.Valid => "holds",
        Validity.Invalid => "is broken",
        _ => "stays open",
    };
}
