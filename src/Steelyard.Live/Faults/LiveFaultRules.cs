using Steelyard.Live.Clocks;
using Steelyard.Live.Disks;
using Steelyard.Live.Engines;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Which faults can happen to a live engine, and why others cannot.</summary>
internal static class LiveFaultRules
{
    /// <summary>Why a fault cannot happen; null where it can.</summary>
    public static string? WhyNot(Fault fault, Engine engine, EngineSetup setup) => fault switch
    {
        PartitionFault or CutFault or LinkFault { Loss: 0, Duplication: 0, Reordering: 0, Slowdown: <= 1 }
            when setup.Source.IsElsewhere => null,
        _ when setup.Source.IsElsewhere =>
            "it runs elsewhere and is not ours to stop or to change: links of its clients can be cut or late",
        CrashFault { Loses: CrashLoss.Nothing } =>
            "a killed process loses its memory: loses must be memory; pause keeps it",
        CrashFault { Loses: CrashLoss.Disk } or CrashFault { Torn: true } =>
            "kill -9 takes a process and leaves its files as they are; power-cut takes what was not synced",
        CrashFault or PauseFault or DrainFault { Version: null } => null,
        PartitionFault or CutFault or LinkFault when !setup.HasNetwork => WhyNoNetwork(setup),
        DrainFault => "there is one version of it here",
        PartitionFault or CutFault => WhyNoLinksOfSeveral(engine, setup),
        ResetFault or HalfOpenFault => WhyNoLinksOfSeveral(engine, setup)
            ?? (UsesProxies(setup) ? null : KernelAbilities.WhyNoResets),
        LinkFault link => WhyNot(link, engine, setup),
        FailoverFault failover => WhyNot(failover, setup),
        RollingRestartFault => null,
        MembershipFault membership => engine.WhyFixed(setup, membership.Change),
        DiskFault { Trouble: DiskTrouble.Full } or PowerCutFault when !setup.HasNetwork =>
            "its processes share a file, which stands on no disk of one of them",
        DiskFault { Trouble: DiskTrouble.Full } => NodeDisk.WhyNot() ?? NodeTracer.WhyNot(),
        PowerCutFault => NodeDisk.WhyNot(),
        DiskFault { Trouble: DiskTrouble.Slow } or SyncErrorFault => NodeTracer.WhyNot(),
        ClockJumpFault or ClockDriftFault => engine.WhyNoClock ?? NodeClock.WhyNot(),
        _ => $"no {fault.Kind} can be done to {engine.Name} here",
    };

    /// <summary>The kinds of faults that live engines have besides those that every world knows.</summary>
    public static IReadOnlyList<FaultKind> Own { get; } =
    [
        RollingRestartFault.Defined, FailoverFault.Defined, ResetFault.Defined, HalfOpenFault.Defined,
        PowerCutFault.Defined, SyncErrorFault.Defined,
    ];

    /// <summary>A set-up with what the faults of a plan want of it.</summary>
    public static EngineSetup SetupFor(FaultPlan plan, EngineSetup setup) => setup with
    {
        HasOwnDisks = setup.HasOwnDisks || plan.Faults.Any(
            fault => fault is DiskFault { Trouble: DiskTrouble.Full } or PowerCutFault),
        HasOwnClocks = setup.HasOwnClocks || plan.Faults.Any(
            fault => fault is ClockJumpFault or ClockDriftFault),
    };

    /// <summary>The bug that a fault which cannot happen was not refused.</summary>
    public static InvalidOperationException NotRefused(string what) =>
        new($"{what}: expected it to be refused before the run, since a live engine cannot do it");

    static string WhyNoNetwork(EngineSetup setup) => setup.Nodes == 1
        ? "it has one node, and nothing to cut it from"
        : "its processes share a file, and no network is between them to be cut";

    static string? WhyNot(FailoverFault failover, EngineSetup setup) =>
        setup.Standbys.Count == 0 ? $"--config {setup.Name} has no standby to promote"
        : !setup.Standbys.Contains(failover.To, StringComparer.Ordinal) && !setup.Returns
            ? $"{failover.To} is no standby; expected one of {string.Join(", ", setup.Standbys)}"
        : null;

    static string? WhyNot(LinkFault link, Engine engine, EngineSetup setup) =>
        link.Duplication > 0 || link.Reordering > 0
            ? "TCP hides doubled and reordered packets from an engine"
        : link.Slowdown > 1
            ? "latency here is a few microseconds, and a multiple of that is nothing: say delay"
        : link.Loss > 0 && UsesProxies(setup)
            ? $"packets are lost in network namespaces alone{Why(setup)}"
        : WhyNoLinks(engine, setup)
            ?? (IsLate(link) && !UsesProxies(setup) ? KernelAbilities.WhyNoLateLinks : null);

    static bool IsLate(LinkFault link) => link.Delay > TimeSpan.Zero || link.Jitter > TimeSpan.Zero
        || link.BandwidthBytesPerSecond is not null;

    static string? WhyNoLinksOfSeveral(Engine engine, EngineSetup setup) =>
        setup.Nodes == 1 ? "it has one node, and nothing to cut it from" : WhyNoLinks(engine, setup);

    static string? WhyNoLinks(Engine engine, EngineSetup setup) =>
        UsesProxies(setup) && setup.Nodes > 1 && !engine.TellsPeers
            ? "its nodes find each other by themselves, so that only network namespaces come between them"
                + Why(setup)
            : null;

    static bool UsesProxies(EngineSetup setup) => setup.Network == NetworkKind.Proxies
        || (setup.Network == NetworkKind.Best && NamespaceNetwork.WhyNot() is not null);

    static string Why(EngineSetup setup) =>
        setup.Network == NetworkKind.Proxies ? "" : $", and {NamespaceNetwork.WhyNot()}";
}
