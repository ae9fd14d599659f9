using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What became of an architecture after a push: the share of what was due that was answered in time (goodput)
/// before, during and after. It recovers when at the end it serves as before; it is metastable when it stays
/// down though nothing pushes any more; in between it is degraded.
/// </summary>
internal sealed class PushOutcome
{
    /// <summary>It serves as before.</summary>
    public const string Recovers = "recovers";

    /// <summary>It serves less than before.</summary>
    public const string Degraded = "degraded";

    /// <summary>It stays down though nothing pushes any more.</summary>
    public const string Metastable = "metastable";

    // As before, but for chance; and less than half of it, for good.
    const double Recovered = 0.95;
    const double Down = 0.5;

    // What is judged of the end: the last sixth of the load.
    const double EndShare = 1.0 / 6;

    PushOutcome(double before, double during, double after, double? recoverySeconds) =>
        (Before, During, After, RecoverySeconds) = (before, during, after, recoverySeconds);

    /// <summary>Goodput before it.</summary>
    public double Before { get; }

    /// <summary>Goodput while it lasted.</summary>
    public double During { get; }

    /// <summary>Goodput at the end of the load.</summary>
    public double After { get; }

    /// <summary>How long after its end it served as before, to the end; null where it did not.</summary>
    public double? RecoverySeconds { get; }

    /// <summary>The verdict in a word.</summary>
    public string Word => WordOf(Before, After);

    /// <summary>The verdict in a word: <see cref="Recovers"/>, <see cref="Degraded"/> or
    /// <see cref="Metastable"/>.</summary>
    /// <param name="before">Goodput before the push, as a share.</param>
    /// <param name="after">Goodput at the end of the load.</param>
    public static string WordOf(double before, double after) =>
        after >= Recovered * before ? Recovers : after >= Down * before ? Degraded : Metastable;

    /// <summary>What a run shows of a push; null where there was none, or nothing was due before
    /// it.</summary>
    public static PushOutcome? Of(ArchitectureAccount account)
    {
        var push = account.Graph.Push;
        if (!push.Is)
            return null;
        var windows = account.Counted.Windows.Where(
            window => window.FromNs / 1e9 < account.Graph.Duration.TotalSeconds).ToList();
        var (beginsNs, endsNs) = (push.At.Ticks * 100, (push.At + push.For).Ticks * 100);
        var windowNs = account.Counted.WindowNs;
        var endNs = account.Graph.Duration.Ticks * 100;
        var before = Share(windows.Where(window => window.FromNs + windowNs <= beginsNs));
        if (before is not { } usual)
            return null;
        return new(
            usual,
            Share(windows.Where(window =>
                window.FromNs + windowNs > beginsNs && window.FromNs < endsNs)) ?? usual,
            Share(windows.Where(window => window.FromNs >= endNs - (long)(endNs * EndShare))) ?? 0,
            Recovery(windows.Where(window => window.FromNs >= endsNs).ToList(), usual, endsNs));
    }

    /// <summary>It as figures.</summary>
    public IEnumerable<Measurement> Measurements(long samples)
    {
        yield return new("goodput-before", Before, "share", Direction.MoreIsBetter, samples)
        {
            Words = "Before the push, answered in time",
        };
        yield return new("goodput-during", During, "share", Direction.MoreIsBetter, samples)
        {
            Words = "During the push, answered in time",
        };
        yield return new("goodput-after", After, "share", Direction.MoreIsBetter, samples)
        {
            Words = "At the end, long after the push, answered in time",
        };
        if (RecoverySeconds is { } seconds)
            yield return new("push-recovery", seconds * 1e3, "ms", Direction.LessIsBetter, samples)
            {
                Words = "From the end of the push to service as before",
            };
    }

    /// <summary>It as a verdict.</summary>
    public Verdict Judge()
    {
        const string name = "recovers-from-push";
        var found = $"{Word}: {Before:P1} answered in time before the push, {During:P1} during, {After:P1} at"
            + " the end"
            + (RecoverySeconds is { } seconds
                ? FormattableString.Invariant($"; as before {seconds:0.#} s after its end") : "");
        return (Word == Recovers ? Verdict.Holds(name, found)
            : Verdict.Broken(name, new Anomaly(Word, found, []))) with
        {
            Sentence = "It comes back by itself when a push is over",
        };
    }

    // The first window from which on all together, and it alone, are served as before.
    static double? Recovery(IReadOnlyList<LoadWindow> windows, double usual, long endsNs)
    {
        for (var from = 0; from < windows.Count; from++)
            if (Share(windows.Skip(from)) >= Recovered * usual && Share([windows[from]]) >= Recovered * usual)
                return (windows[from].FromNs - endsNs) / 1e9;
        return null;
    }

    static double? Share(IEnumerable<LoadWindow> windows)
    {
        var (due, answered) = (0L, 0L);
        foreach (var window in windows)
            (due, answered) = (due + window.Due, answered + window.Counts.Answered);
        return due == 0 ? null : (double)answered / due;
    }
}
