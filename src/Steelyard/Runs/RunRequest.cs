using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Runs;

/// <summary>All that determines a run: what, with which options, under which faults, from which
/// seed.</summary>
/// <param name="World">Where it runs.</param>
/// <param name="Design">The design.</param>
/// <param name="Options">Its options.</param>
/// <param name="Faults">What breaks.</param>
/// <param name="Seed">The number it all grows from.</param>
public sealed record RunRequest(
    IWorld World, IDesign Design, DesignOptions Options, FaultChoice Faults, Seed Seed)
{
    /// <summary>The seed of a run whose user named none: always the same, so two people see the same
    /// page.</summary>
    public static Seed DefaultSeed { get; } = new(1);

    /// <summary>Looks whether options, faults and design fit together, before anything is run or
    /// written.</summary>
    /// <exception cref="UserMistakeException">They do not.</exception>
    public void MustFit() => _ = Faults.PlanFor(Design.Build(Options), Seed);
}
