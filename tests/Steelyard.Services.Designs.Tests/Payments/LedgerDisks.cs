using Steelyard.Histories;
using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Payments;

/// <summary>The payments service with troubles of the disk of its ledger, each of which must have an
/// effect.</summary>
internal static class LedgerDisks
{
    static readonly IReadOnlyList<string> s_ledger = [PaymentsScenario.Database];

    public static void Build(ServicesWorld world, params IReadOnlyList<Fault> faults) =>
        new PaymentsScenario().AddTo(world, "key-with-effect", new())
        .Faults(faults)
        .Expect(new HadEffects());

    public static DiskFault Trouble(DiskTrouble trouble, double at, double? lasts = null) => new()
    {
        At = TimeSpan.FromSeconds(at),
        For = lasts is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Nodes = s_ledger,
        Trouble = trouble,
    };

    public static CrashFault Crash(double at, CrashLoss loses) => new()
    {
        At = TimeSpan.FromSeconds(at), For = TimeSpan.FromSeconds(1), Nodes = s_ledger, Loses = loses,
    };

    sealed class HadEffects : IChecker
    {
        public string Name => "effects";

        public Verdict Check(History history)
        {
            var idle = history.Faults.Where(fault => fault.HadEffect == false)
                .Select(fault => new Anomaly("no-effect", fault.Description, [])).ToList();
            return idle.Count > 0
                ? Verdict.Broken(Name, idle)
                : Verdict.Holds(Name, "all faults had an effect");
        }
    }
}

public sealed class FullLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Trouble(DiskTrouble.Full, at: 3, lasts: 6));
}

public sealed class SlowLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Trouble(DiskTrouble.Slow, at: 3, lasts: 3));
}

public sealed class CrashedLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Crash(8, CrashLoss.Memory));
}

public sealed class LostLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Crash(8, CrashLoss.Disk));
}

/// <summary>As in a plan that once had no effect at all: full, and lost meanwhile.</summary>
public sealed class FullAndLostLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) => LedgerDisks.Build(
        world, LedgerDisks.Trouble(DiskTrouble.Full, at: 3, lasts: 12),
        LedgerDisks.Crash(10, CrashLoss.Disk));
}

public sealed class CorruptLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Trouble(DiskTrouble.Corrupt, at: 3));
}

public sealed class MisdirectedLedger : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        LedgerDisks.Build(world, LedgerDisks.Trouble(DiskTrouble.Misdirect, at: 3));
}
