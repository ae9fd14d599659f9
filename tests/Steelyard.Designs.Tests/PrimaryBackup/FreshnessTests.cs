using Steelyard.Designs.Tests.Hunts;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.PrimaryBackup;

public sealed class FreshnessTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The primary and a backup come back with what is on their disks; what of it was acknowledged the primary
    // learns from the other backup, which it does not reach.
    static readonly FaultPlan Restart = new(
    [
        new PartitionFault { At = Second * 4, For = Second * 9, Groups = [["n1"], ["n3"]] },
        new CrashFault { At = Second * 5, For = Second, Nodes = ["n1", "n2"], Loses = CrashLoss.Memory },
    ]);

    [Fact]
    public void A_primary_that_came_back_makes_no_backup_fresh_before_it_knows_what_was_acknowledged()
    {
        var scenario = DesignHunt.Scenario(
            "register --replication primary-backup-sync --reads bounded --staleness 2s");
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var run = new SimulatedWorld().Execute(scenario, Restart, new(seed), RunControl.None);

            Assert.Null(DesignHunt.NotHeld(scenario, run));
            Assert.Contains(run.History.Operations, IsRefusedForStaleness);
        }
    }

    static bool IsRefusedForStaleness(Operation operation) =>
        operation.Outcome == Outcome.Fail && operation.Error == "too stale";
}
