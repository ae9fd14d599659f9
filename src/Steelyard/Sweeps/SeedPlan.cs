using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Hunts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>How often each point is repeated. Every point takes the same seeds in the same order, so any two
/// can be compared seed by seed.</summary>
/// <param name="Seeds">The seeds, as many as there may be.</param>
/// <param name="Precision">When there are enough; null takes all of them.</param>
internal sealed record SeedPlan(SeedRange Seeds, PrecisionRule? Precision)
{
    /// <summary>Seeds that every point has; 1..3 when nobody says another number.</summary>
    public static SeedPlan Fixed(SeedRange? seeds = null) => new(seeds ?? new(1, 3), null);

    /// <summary>As many as it takes.</summary>
    public static SeedPlan Until(PrecisionRule rule) => new(new(1, (ulong)rule.Most), rule);

    /// <summary>Seeds that every point begins with.</summary>
    public int First => Precision?.Least ?? Seeds.Count;

    /// <summary>The seed at a place, 0-based.</summary>
    public Seed this[int place] => Seeds[place];

    /// <summary>How many a point is to have in all, after so many of it were run; as many when they are
    /// enough, or when there may be no more. Looks at that point alone, so what else is run, and on how many
    /// threads, makes no difference.</summary>
    /// <param name="done">How many were run.</param>
    /// <param name="figures">Its objectives' intervals over them.</param>
    public int After(int done, IEnumerable<ConfidenceInterval> figures) =>
        Precision is { } rule && rule.After(done, figures) == PrecisionStep.More ? rule.Next(done) : done;
}
