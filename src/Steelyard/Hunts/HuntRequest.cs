using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Hunts;

/// <summary>What to hunt in.</summary>
/// <param name="CreateWorld">Makes a world; each worker has its own.</param>
/// <param name="Run">What is run with each seed.</param>
/// <param name="Seeds">Which seeds, in which order.</param>
internal sealed record HuntRequest(Func<IWorld> CreateWorld, RunRequest Run, SeedRange Seeds)
{
    /// <summary>True to try every seed; false to stop at the first that is Invalid or throws.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>True to judge each history; false to run it for its hashes only, undecided.</summary>
    public bool Judge { get; init; } = true;

    /// <summary>Runs at once; the default is one on each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Begins no seed after that time; null is no end but that of the seeds.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The seeds that a hunt has tried which came to its end: in a time, as many as there
    /// were.</summary>
    public SeedRange Tried(HuntResult result) =>
        For is null ? Seeds : SeedRange.Of(Seeds.First, Math.Max(1, result.Seeds.Count));

    /// <summary>Ends the hunt early; what was found so far is its result.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after each seed, from any thread; null is nobody.</summary>
    public IProgress<HuntProgress>? Progress { get; init; }
}

/// <summary>How far a hunt is.</summary>
/// <param name="Tried">Seeds that are done.</param>
/// <param name="Total">Seeds there are.</param>
/// <param name="Invalid">Seeds that broke a promise so far.</param>
internal readonly record struct HuntProgress(int Tried, int Total, int Invalid);

/// <summary>What a seed gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="HistoryHash">Over what clients saw, and the faults.</param>
/// <param name="ScheduleHash">Over every event of the scheduler.</param>
/// <param name="Operations">How many operations its history has.</param>
/// <param name="Validity">The worst of its verdicts; Unknown when it threw.</param>
/// <param name="Checker">Whose verdict that is; null when all are Valid, or when it threw.</param>
/// <param name="Summary">That verdict's sentence, or what was thrown; null when all are Valid.</param>
internal sealed record HuntedSeed(
    Seed Seed, ulong HistoryHash, ulong ScheduleHash, int Operations, Validity Validity, string? Checker,
    string? Summary)
{
    /// <summary>What its run or a judge threw: a bug of the design or of ours; null when nothing
    /// was.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What else did not hold, as <c>checker: sentence; …</c>; null is nothing.</summary>
    public string? Besides { get; init; }
}

/// <summary>What a hunt found.</summary>
/// <param name="Seeds">The seeds that count, in the order given.</param>
/// <param name="IsPartial">True when it was stopped before its end.</param>
internal sealed record HuntResult(IReadOnlyList<HuntedSeed> Seeds, bool IsPartial)
{
    /// <summary>The first of them that broke a promise, or null. Whatever the number of workers, it is the
    /// same seed: every seed before it was tried.</summary>
    public HuntedSeed? FirstInvalid => Seeds.FirstOrDefault(seed => seed.Validity == Validity.Invalid);

    /// <summary>The first of them that threw, or null.</summary>
    public HuntedSeed? FirstFailed => Seeds.FirstOrDefault(seed => seed.Failure is not null);

    /// <summary>The first of them that came to its end and was not decided, or null.</summary>
    public HuntedSeed? FirstUndecided =>
        Seeds.FirstOrDefault(seed => seed is { Validity: Validity.Unknown, Failure: null });

    /// <summary>What the hunt says of the design: a part of it, a seed that threw or one that was not decided
    /// leave it Unknown, and so does none at all.</summary>
    public Validity Validity =>
        FirstInvalid is not null ? Validity.Invalid
        : IsPartial || Seeds.Count == 0 || Seeds.Any(seed => seed.Validity != Validity.Valid)
            ? Validity.Unknown
        : Validity.Valid;

    /// <summary>How many of them came to a verdict.</summary>
    public int Count(Validity validity) =>
        Seeds.Count(seed => seed.Validity == validity && seed.Failure is null);
}
