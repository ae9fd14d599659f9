using Steelyard.Designs.Bank;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Histories;

namespace Steelyard.Designs.Tests.TwoPhaseCommit;

public class WriteAllTests
{
    static readonly BankDesign Design = new();

    [Fact]
    public void During_a_partition_no_side_can_write()
    {
        var run = DesignRun.Of(Design, "replication write-all", 1);

        Assert.Equal(0, run.AnsweredInTheMiddle(Functions.Transfer));
        Assert.True(run.AnsweredInTheMiddle(Functions.Balances, "n1", "n2", "n3") > 0.9);
    }

    [Fact]
    public void A_dead_coordinator_stops_writes_for_as_long_as_it_is_dead_where_raft_elects_another()
    {
        var blocked = DesignRun.Of(Design, "replication write-all story dead-leader", 1);
        var elected = DesignRun.Of(Design, "replication raft story dead-leader", 1);

        Assert.Equal("", blocked.Broken);
        Assert.Equal(0, blocked.AnsweredInTheMiddle(Functions.Transfer));
        Assert.True(elected.AnsweredInTheMiddle(Functions.Transfer) > 0.9);
    }

    [Fact]
    public void Replicas_that_promised_are_in_doubt_and_refuse_reads_until_they_hear_the_outcome()
    {
        var inDoubt = Enumerable.Range(1, 5)
            .Select(seed => DesignRun.Of(Design, "replication write-all story dead-leader", (ulong)seed))
            .Sum(run => run.World.History.Operations.Count(o => o.Error == "in doubt"));

        Assert.True(inDoubt > 0, "no read was refused by a replica in doubt");
    }
}
