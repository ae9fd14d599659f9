using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Faults;

/// <summary>
/// Crashes a host at a statement of its own: the first that holds a text, while the fault lasts, right before
/// it is sent to the database or right after it was answered. <c>COMMIT</c>, after, is the moment between an
/// effect and the answer. The host starts again when the fault ends.
/// </summary>
public sealed record StatementCrashFault : Fault
{
    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "statement-crash", "crashes a host at the first of its statements that holds a text",
        new StatementCrashFault { At = default, Nodes = [], Statement = "" })
    {
        Word = "statement-crash",
        Needs = "a host of services, and a database of AddDatabase",
        Example = "nodes: [web-1], statement: INSERT INTO charges, when: after",
        Fields =
        [
            FaultFields<StatementCrashFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<StatementCrashFault>.Text(
                "statement", "what the statement holds; BEGIN, COMMIT and ROLLBACK are statements too",
                fault => fault.Statement, (fault, text) => fault with { Statement = text }),
            FaultFields<StatementCrashFault>.Word(
                "when", "before it is sent, or after it was answered",
                fault => fault.When, (fault, when) => fault with { When = when }) with
            {
                Default = "after",
            },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Who crashes: of several, whoever comes to such a statement first.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What the statement holds, in whatever case.</summary>
    public required string Statement { get; init; }

    /// <summary>When it crashes.</summary>
    public StatementMoment When { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{string.Join(" or ", Nodes)} crash {When.ToString().ToLowerInvariant()} \"{Statement}\"";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(Statement.Length > 0, "crash at", "a part of a statement", "nothing");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect)
    {
        Action? comeBack = null;
        var trap = new StatementTrap(
            Nodes, Statement, When,
            node => comeBack = world.Node(node).Crash(CrashLoss.Memory, torn: false, effect));
        StatementTrap.Set(trap);
        return () =>
        {
            StatementTrap.Remove(trap);
            comeBack?.Invoke();
        };
    }
}

/// <summary>A moment of a statement.</summary>
public enum StatementMoment : byte
{
    /// <summary>It was answered, and nobody else knows yet.</summary>
    After,

    /// <summary>It is about to be sent.</summary>
    Before,
}
