using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Designs.Payments;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests.Payments;

/// <summary>The payments service with troubles of the disk of its ledger, each of which must have an
/// effect.</summary>
public sealed class LedgerDiskTests
{
    static readonly ServiceHunt s_payments = new("payments", "key-with-effect");
    static readonly Scenario s_scenario = s_payments.Request.Build();
    static readonly IReadOnlyList<string> s_ledger = [PaymentsScenario.Database];

    [Theory]
    [InlineData(DiskTrouble.Full, 6)]
    [InlineData(DiskTrouble.Slow, 3)]
    public void A_disk_of_the_ledger_that_is_full_or_slow_charges_nobody_twice(
        DiskTrouble trouble, double lasts) =>
        Assert.Empty(Undecided(Run(Trouble(trouble, lasts))));

    [Fact]
    public void A_crash_of_the_ledger_keeps_what_was_committed() =>
        Assert.Empty(Undecided(Run(Crash(CrashLoss.Memory))));

    [Fact]
    public void A_ledger_that_lost_its_disk_leaves_promises_open() =>
        Assert.Contains("no replica told after the heal", Undecided(Run(Crash(CrashLoss.Disk))));

    [Theory]
    [InlineData(DiskTrouble.Corrupt)]
    [InlineData(DiskTrouble.Misdirect)]
    public void A_ledger_whose_bytes_rot_leaves_promises_open(DiskTrouble trouble) =>
        Assert.Contains("no replica told after the heal", Undecided(Run(Trouble(trouble))));

    [Fact]
    public void A_disk_that_is_full_and_then_lost_takes_no_payment_any_more()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Payments", "Cases", "full-then-lost.yaml");
        var history = Run([.. FaultPlanFile.Read(file, s_scenario).Faults]);

        var paid = history.Operations.Where(
            operation => operation is { Function: PaymentsWorkload.Pay, Outcome: Outcome.Ok });
        Assert.InRange(paid.Max(pay => pay.CompletedNs) / 1e9, 2, 3.2);
        Assert.Contains("no replica told after the heal", Undecided(history));
    }

    static History Run(params IReadOnlyList<Fault> faults)
    {
        var history = s_payments.Run(new(faults)).History;
        Assert.DoesNotContain(history.Faults, fault => fault.HadEffect == false);
        return history;
    }

    // What is not decided, of promises of which none is broken.
    static string Undecided(History history)
    {
        var verdicts = s_scenario.Promises.Expectations.Select(promise => promise.Check(history)).ToList();
        Assert.DoesNotContain(verdicts, verdict => verdict.Validity == Validity.Invalid);
        return string.Join('\n', verdicts.Where(verdict => verdict.Validity == Validity.Unknown)
            .Select(verdict => verdict.Summary));
    }

    static DiskFault Trouble(DiskTrouble trouble, double? lasts = null) => new()
    {
        At = TimeSpan.FromSeconds(3),
        For = lasts is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Nodes = s_ledger,
        Trouble = trouble,
    };

    static CrashFault Crash(CrashLoss loses) => new()
    {
        At = TimeSpan.FromSeconds(8), For = TimeSpan.FromSeconds(1), Nodes = s_ledger, Loses = loses,
    };
}
