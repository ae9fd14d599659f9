using Steelyard.Analysis.Laws;

namespace Steelyard.Analysis.Policies.Retries;

/// <summary>
/// Clients that each want to write the same row once, all at one time, and wait before they try again
/// (Brooker 2015, "Exponential backoff and jitter", and the simulator published with it). A client reads the
/// version of the row and writes with it; a write with an old version fails, and after the wait the client
/// reads again. Every message takes |Normal(<paramref name="DelayMs"/>, <paramref name="DeviationMs"/>)|.
/// </summary>
/// <param name="Clients">How many there are, at least 1.</param>
/// <param name="Strategy">How they wait. Failures are counted from 1, so the first wait is of twice the
/// base.</param>
/// <param name="BaseMs">The base of the waits, above 0.</param>
/// <param name="CapMs">The most a wait takes.</param>
/// <param name="DelayMs">The mean of what a message takes.</param>
/// <param name="DeviationMs">Its standard deviation.</param>
public sealed record Contention(
    int Clients, Backoff Strategy, double BaseMs = Contention.PublishedBaseMs,
    double CapMs = Contention.PublishedCapMs, double DelayMs = Contention.PublishedDelayMs,
    double DeviationMs = Contention.PublishedDeviationMs)
{
    internal const double PublishedBaseMs = 5;
    internal const double PublishedCapMs = 2000;
    internal const double PublishedDelayMs = 10;
    internal const double PublishedDeviationMs = 2;

    /// <summary>Runs once, until every client has written.</summary>
    /// <param name="random">Draws numbers evenly from 0 up to 1.</param>
    public ContentionRun Run(Func<double> random) => new RowWriters(this, random).Run();

    /// <summary>Runs again and again.</summary>
    /// <param name="runs">How often, at least 2.</param>
    /// <param name="random">Draws numbers evenly from 0 up to 1.</param>
    public ContentionFigures Repeat(int runs, Func<double> random)
    {
        var all = new ContentionRun[runs];
        for (var run = 0; run < runs; run++)
            all[run] = Run(random);
        return new(
            SampleMean.Of([.. all.Select(run => (double)run.WriteCalls)]),
            SampleMean.Of([.. all.Select(run => run.TimeMs)]));
    }
}

/// <summary>What one run of contention cost.</summary>
/// <param name="WriteCalls">Writes that were tried, those that failed among them.</param>
/// <param name="TimeMs">When the last client was told that it has written.</param>
public readonly record struct ContentionRun(long WriteCalls, double TimeMs);

/// <summary>What runs of contention cost.</summary>
/// <param name="WriteCalls">Writes that were tried.</param>
/// <param name="TimeMs">When the last client was told that it has written.</param>
public sealed record ContentionFigures(SampleMean WriteCalls, SampleMean TimeMs);
