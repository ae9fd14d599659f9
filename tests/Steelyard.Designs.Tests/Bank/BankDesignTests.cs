using Steelyard.Designs.Bank;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Bank;

public class BankDesignTests
{
    static readonly BankDesign Design = new();

    [Theory]
    [InlineData("replication raft")]
    [InlineData("replication write-all")]
    public void A_right_bank_keeps_every_promise_through_the_partition(string options)
    {
        for (var seed = 1UL; seed <= (ulong)DesignRun.Seeds(5, 1000); seed++)
        {
            var run = DesignRun.Of(Design, options, seed);

            Assert.True(run.Broken.Length == 0, $"seed {seed}: {run.Broken}");
            Assert.Equal(Validity.Valid, run["no-overdraft"].Validity);
            Assert.Equal(Validity.Valid, run["exactly-once"].Validity);
            Assert.Equal(Validity.Valid, run["replicas-converge"].Validity);
        }
    }

    [Theory]
    [InlineData("replication raft")]
    [InlineData("replication write-all")]
    public void A_right_bank_breaks_no_promise_under_all_faults_it_tolerates(string options)
    {
        for (var seed = 1UL; seed <= (ulong)DesignRun.Seeds(5, 1000); seed++)
        {
            var run = DesignRun.Of(Design, options, seed, FaultPalette.All);
            Assert.True(run.Broken.Length == 0, $"seed {seed}: {run.Broken}");
        }
    }

    [Fact]
    public void Branches_that_decide_alone_spend_the_same_money_twice()
    {
        var run = DesignRun.Of(Design, "replication async", 1);

        var spend = run["no-overdraft"].Anomalies[0];
        Assert.Equal("double-spend", spend.Type);
        Assert.InRange(spend.Witness.Count, 2, 5);
        Assert.Contains("were both acknowledged", spend.Explanation, StringComparison.Ordinal);
        Assert.Equal(Validity.Valid, run["total-conserved"].Validity);
        Assert.Equal(Validity.Valid, run["replicas-converge"].Validity);
        Assert.Equal(1, run.AnsweredInTheMiddle(Functions.Transfer));
    }

    [Theory]
    [InlineData("replication raft dedup off")]
    [InlineData("replication write-all dedup off")]
    public void Without_the_memory_of_ids_some_retry_is_charged_twice(string options)
    {
        var charged = Enumerable.Range(1, 10).Select(seed => DesignRun.Of(Design, options, (ulong)seed))
            .Any(run => run["exactly-once"].Anomalies.Any(a => a.Type == "applied-twice"));

        Assert.True(charged, "no retry was charged twice in ten runs");
    }

    [Fact]
    public void The_majority_serves_on_and_the_minority_refuses()
    {
        var run = DesignRun.Of(Design, "", 2);

        Assert.True(run.AnsweredInTheMiddle(Functions.Transfer, "n1", "n2", "n3") > 0.95);
        Assert.Equal(0, run.AnsweredInTheMiddle(Functions.Transfer, "n4", "n5"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        foreach (var options in new[] { "replication raft", "replication write-all", "replication async" })
        {
            var first = DesignRun.Of(Design, options, 7, FaultPalette.All).World;
            var again = DesignRun.Of(Design, options, 7, FaultPalette.All).World;
            var other = DesignRun.Of(Design, options, 8, FaultPalette.All).World;

            Assert.Equal((first.History.Hash, first.ScheduleHash), (again.History.Hash, again.ScheduleHash));
            Assert.NotEqual(first.History.Hash, other.History.Hash);
        }
    }
}
