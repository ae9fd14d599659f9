using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Payments;

public sealed class LedgerDiskTests
{
    [Fact]
    public void A_full_disk_of_the_ledger_charges_nobody_twice() => ServicesTest.Run<FullLedger>(1..2);

    [Fact]
    public void A_slow_disk_of_the_ledger_charges_nobody_twice() => ServicesTest.Run<SlowLedger>(1..2);

    [Fact]
    public void A_crash_of_the_ledger_keeps_what_was_committed() => ServicesTest.Run<CrashedLedger>(1..2);

    [Fact]
    public void A_ledger_that_lost_its_disk_leaves_promises_open() => LeavesOpen<LostLedger>();

    [Fact]
    public void A_disk_that_is_full_and_lost_leaves_promises_open() => LeavesOpen<FullAndLostLedger>();

    [Fact]
    public void A_ledger_whose_bytes_rot_leaves_promises_open() => LeavesOpen<CorruptLedger>();

    [Fact]
    public void A_ledger_whose_bytes_lie_elsewhere_leaves_promises_open() => LeavesOpen<MisdirectedLedger>();

    static void LeavesOpen<TScenario>()
        where TScenario : IServicesScenario
    {
        var undecided = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(1..1));

        Assert.Contains("no replica told after the heal", undecided.Message, StringComparison.Ordinal);
    }
}
