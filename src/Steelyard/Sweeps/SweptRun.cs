using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>What a sweep keeps of a run.</summary>
/// <param name="Point">The point's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Validity">The worst of its verdicts; Unknown when it threw.</param>
internal sealed record SweptRun(string Point, Seed Seed, Validity Validity)
{
    /// <summary>The first verdict that was so, as <c>linearizable: …</c>, or what was thrown; null when all
    /// held.</summary>
    public string? Told { get; init; }

    /// <summary>True when it threw, or a judge of it did.</summary>
    public bool HasThrown { get; init; }

    /// <summary>True when what threw is the user's design.</summary>
    public bool IsOfTheUser { get; init; }

    /// <summary>What waits grows without end, in a sentence; null when it does not, or nobody can
    /// tell.</summary>
    public string? Unstable { get; init; }

    /// <summary>What became of each promise; not kept in a folder.</summary>
    public IReadOnlyList<(string Checker, Validity Validity)> Promises { get; init; } = [];

    /// <summary>All that was measured.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>The measurement of an id, where it is a number.</summary>
    public Measurement? Find(string id) =>
        Measurements.FirstOrDefault(one => one.Id == id) is { } found && double.IsFinite(found.Value)
            ? found
            : null;

    /// <summary>Of a run that came to its end.</summary>
    public static SweptRun Of(string point, RunResult result)
    {
        var validity = Verdict.Overall(result.Verdicts);
        var worst = result.Verdicts.FirstOrDefault(
            verdict => verdict.Validity == validity && validity != Validity.Valid);
        var growth = result.Counted is null ? QueueGrowth.Of(result.World.History) : null;
        return new(point, result.Seed, validity)
        {
            Told = worst is null ? null : $"{worst.Checker}: {worst.Summary}",
            Unstable = growth is { IsUnstable: true } ? growth.Sentence : null,
            Promises = [.. result.Verdicts.Select(verdict => (verdict.Checker, verdict.Validity))],
            Measurements = result.Measures.Measurements,
        };
    }

    /// <summary>Of one that threw.</summary>
    public static SweptRun Thrown(string point, Seed seed, string told, bool isOfTheUser) =>
        new(point, seed, Validity.Unknown)
        {
            Told = told,
            HasThrown = true,
            IsOfTheUser = isOfTheUser,
        };
}
