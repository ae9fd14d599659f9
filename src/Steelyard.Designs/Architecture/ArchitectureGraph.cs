using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture;

/// <summary>An architecture: parts that call each other, who asks, and what goes wrong.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Its parts; names are unique. At least one asks
/// (<see cref="ClientsPart"/>, <see cref="JobPart"/>).</param>
internal sealed record ArchitectureGraph(string Name, IReadOnlyList<Part> Parts)
{
    /// <summary>One sentence on what it is.</summary>
    public string Summary { get; init; } = "an architecture of one's own";

    /// <summary>A paragraph on what its run shows.</summary>
    public string Story { get; init; } = "";

    /// <summary>How long requests are due.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The quiet time after that.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How soon after it is due a request must be answered.</summary>
    public TimeSpan Slo { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a message takes from one part to another.</summary>
    public TakesTime Link { get; init; } = TakesTime.Parse("exp 250us");

    /// <summary>What goes wrong; the run's story.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>What it stands: what faults that are drawn for it stay within.</summary>
    public ToleratedFaults Tolerates { get; init; } = new();

    /// <summary>A push that is over after a while.</summary>
    public Push Push { get; init; } = new();

    /// <summary>What its figures must be.</summary>
    public IReadOnlyList<MeasuredLimit> Limits { get; init; } = [];

    /// <summary>How many keys there are.</summary>
    internal int Keys => Parts.Max(part => part.AsksFor);

    /// <summary>The part of a name.</summary>
    internal Part PartOf(string name) => Parts.First(part => part.Name == name);

    /// <summary>The parts that call one.</summary>
    internal IEnumerable<Part> CallersOf(Part called) =>
        Parts.Where(part => part.Calls.Any(edge => edge.To == called.Name));

    /// <summary>The same with another part in the place of the one of its name.</summary>
    public ArchitectureGraph With(Part changed) => this with
    {
        Parts = [.. Parts.Select(part => part.Name == changed.Name ? changed : part)],
    };
}
