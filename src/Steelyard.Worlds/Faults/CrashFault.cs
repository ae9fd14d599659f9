namespace Steelyard.Worlds.Faults;

/// <summary>Stops nodes at once; they start again when the fault ends. Messages meanwhile are lost.</summary>
public sealed record CrashFault : Fault
{
    const string Word = "crash";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "crash", "stops nodes at once; they start again at its end",
        new CrashFault { At = default, Nodes = [] })
    {
        Word = Word,
        Needs = "nodes",
        Example = "nodes: [n1, n2], loses: memory, torn: true",
        Fields =
        [
            FaultFields<CrashFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<CrashFault>.Word(
                "loses", "what a node comes back without; memory goes with what its disk had not synced",
                fault => fault.Loses, (fault, loses) => fault with { Loses = loses }) with
            {
                Default = "memory",
            },
            FaultFields<CrashFault>.Flag(
                "torn", "a random part of what was not synced is kept", fault => fault.Torn,
                (fault, torn) => fault with { Torn = torn }),
        ],
        Draws =
        [
            new(Word, draws => [Next(draws, draws.Some())]) { Fits = MayCrash },
            new(Word, draws => [Next(draws, OneOrLeader(draws))]) { Fits = MayCrash },
            new(Word, RestartShapes.Alone) { Fits = MayCrash },
            // What was not synced is lost in a crash: that, too, is a trouble of the disk.
            new(DiskFault.Word, draws => [Next(draws, draws.Some(1, NodeAbilities.DiskLost))])
            {
                Fits = draws => MayCrash(draws) && draws.Tolerance.Amnesia
                    && draws.HasAble(NodeAbilities.DiskLost),
            },
            new(Word, RestartShapes.Between)
            {
                When = DrawnWhen.Together,
                Fits = draws => MayCrash(draws) && draws.Tolerance.Network && draws.Names.Count > 2,
            },
        ],
        Excesses =
        [
            new(Word, draws => [Of(draws, draws.Majority, CrashLoss.Memory, NodeAbilities.DiskTorn)]),
            new(Word, draws => [Of(draws, draws.Majority, CrashLoss.Disk, NodeAbilities.DiskLost)]),
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Who crashes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What a node comes back with.</summary>
    public CrashLoss Loses { get; init; } = CrashLoss.Memory;

    /// <summary>True when unsynced writes are torn (a random part of their bytes kept) instead of dropped
    /// whole.</summary>
    public bool Torn { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() => $"{PlanNames.Words(Nodes)} crash" + Loses switch
    {
        CrashLoss.Nothing => ", memory kept",
        CrashLoss.Disk => ", memory and disk lost",
        _ => Torn ? ", memory lost, unsynced writes torn" : ", memory and unsynced writes lost",
    };

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(
            !Torn || Loses == CrashLoss.Memory, "tear writes", "loses: memory",
            $"loses: {Loses.ToString().ToLowerInvariant()}, which leaves nothing to tear");
        if (Loses == CrashLoss.Disk)
            check.RequireAble(NodeAbilities.DiskLost, DiskFault.NoDisk);
        if (Torn)
            check.RequireAble(NodeAbilities.DiskTorn, DiskFault.NoDisk);
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.Crash(Loses, Torn, effect));

    /// <summary>A crash of as much as the tolerance allows.</summary>
    internal static CrashFault Next(FaultDraws draws, string[] nodes, TimeSpan at, TimeSpan lasts)
    {
        var loses = draws.Tolerance.Amnesia && draws.Random.Chance(0.8)
            ? CrashLoss.Memory
            : CrashLoss.Nothing;
        return new()
        {
            At = at,
            For = lasts,
            Nodes = nodes,
            Loses = loses,
            Torn = loses == CrashLoss.Memory && draws.Tolerance.TornWrites && draws.Random.Chance(0.5)
                && draws.AreAble(nodes, NodeAbilities.DiskTorn),
        };
    }

    static CrashFault Next(FaultDraws draws, string[] nodes)
    {
        var (at, lasts) = draws.Window();
        return Next(draws, nodes, at, lasts);
    }

    static CrashFault Of(FaultDraws draws, int count, CrashLoss loses, NodeAbilities needed)
    {
        var (at, lasts) = draws.Window();
        return new()
        {
            At = at,
            For = lasts,
            Nodes = draws.Some(count, needed),
            Loses = loses,
            Torn = loses == CrashLoss.Memory,
        };
    }

    static string[] OneOrLeader(FaultDraws draws) =>
        [draws.Random.Chance(0.5) ? Leader : draws.Random.Choose(draws.Names)];

    static bool MayCrash(FaultDraws draws) => draws.Tolerance.NodesDown > 0;
}

/// <summary>What a crash takes.</summary>
public enum CrashLoss : byte
{
    /// <summary>Nothing but time and messages: the process comes back with its memory (a crash without
    /// amnesia).</summary>
    Nothing,

    /// <summary>Memory, and what the disk had not synced (a crash with amnesia).</summary>
    Memory,

    /// <summary>Memory and the whole disk.</summary>
    Disk,
}
