using Steelyard.Live.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>
/// Machines lose power: all their nodes' processes are killed at the same moment, and what they had not
/// synced is gone from their disks. They start again when it ends. A kill alone (<see cref="CrashFault"/>)
/// leaves to the kernel what a process has written, synced or not.
/// </summary>
internal sealed record PowerCutFault : Fault
{
    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "power-cut", "kills nodes, and takes from their disks what was not synced",
        new PowerCutFault { At = default, Nodes = [] })
    {
        Word = DiskFault.Defined.Word,
        Needs = "a node that keeps something on a disk",
        Example = "nodes: [n1]",
        Fields =
        [
            FaultFields<PowerCutFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
        ],
        Draws =
        [
            // Only where it is documented that what was acknowledged is then still there.
            new(DiskFault.Defined.Word, draws => [Next(draws)])
            {
                Fits = draws => draws.Tolerance.NodesDown > 0 && Survives(draws),
            },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Whose machines.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"power of {string.Join(' ', Nodes)} is cut, and what was not synced is lost";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) => check.RequireNodes(Nodes);

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        ((LiveFaults)world).CutPower([.. Nodes.Distinct(StringComparer.Ordinal)], effect);

    static bool Survives(FaultDraws draws)
    {
        var deployment = (LiveDeployment)draws.Scenario.Deployment;
        return deployment.Engine.SyncsWhatItAcknowledges(deployment.Setup);
    }

    static PowerCutFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some() };
    }
}
