using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Scenarios;

/// <summary>What each kind of host of the services world can do, and which faults are refused
/// there.</summary>
public sealed class FaultTargetTests
{
    static readonly TimeSpan At = TimeSpan.FromSeconds(1);
    static readonly Scenario Scenario = Mixed();

    /// <summary>Faults of disks, which only a node with a disk can have.</summary>
    public static TheoryData<string, Func<string, Fault>> OfDisks { get; } = new()
    {
        { "disk", host => new DiskFault { At = At, Nodes = [host], Trouble = DiskTrouble.Full } },
        { "disk", host => new DiskFault { At = At, Nodes = [host], Trouble = DiskTrouble.Slow } },
        { "disk", host => new DiskFault { At = At, Nodes = [host], Trouble = DiskTrouble.Corrupt } },
        { "disk", host => new DiskFault { At = At, Nodes = [host], Trouble = DiskTrouble.Misdirect } },
        { "crash", host => new CrashFault { At = At, Nodes = [host], Loses = CrashLoss.Disk } },
        { "crash", host => new CrashFault { At = At, Nodes = [host], Torn = true } },
    };

    [Theory]
    [MemberData(nameof(OfDisks), DisableDiscoveryEnumeration = true)]
    public void What_keeps_nothing_on_a_disk_has_no_trouble_with_it(string kind, Func<string, Fault> fault)
    {
        foreach (var host in (string[])["shop", "quick"])
        {
            var mistake = Assert.Throws<UserMistakeException>(() => Check(fault(host)));

            Assert.Equal(
                $"fault 1 ({kind} at 1s) cannot hit {host}:"
                + $" {host} keeps nothing on a disk that this could happen to",
                mistake.Message);
        }
    }

    [Theory]
    [MemberData(nameof(OfDisks), DisableDiscoveryEnumeration = true)]
    public void A_store_has_a_disk(string kind, Func<string, Fault> fault)
    {
        Assert.Equal(kind, fault("stock").Kind);
        Check(fault("stock"));
    }

    [Fact]
    public void Every_host_can_be_drained() =>
        Check(new DrainFault { At = At, Nodes = ["shop", "quick", "stock", "ledger"] });

    static void Check(Fault fault) => FaultPlanCheck.Check(new([fault]), Scenario);

    static Scenario Mixed()
    {
        var world = new ServicesWorld();
        world.AddHost("shop", _ => throw new InvalidOperationException("never started"))
            .AddDatabase("ledger")
            .AddStore("stock")
            .AddCache("quick")
            .Drive(Adders.Load("shop"));
        return world.ToScenario("mixed", "one of each");
    }
}
