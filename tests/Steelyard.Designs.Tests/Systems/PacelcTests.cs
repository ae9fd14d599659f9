using Steelyard.Analysis.Staleness;
using Steelyard.Designs.Tests.Hunts;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Systems;

public sealed class PacelcTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);

    public static IEnumerable<object[]> Mechanisms() =>
        from replication in
            (string[])["single", "primary-backup-sync", "primary-backup-async", "raft", "quorum"]
        from reads in (string[])["leader", "any", "session", "monotonic", "bounded"]
        where (replication, reads) is not ("quorum", "bounded")
        select new object[] { $"--replication {replication} --reads {reads}" };

    [Theory]
    [MemberData(nameof(Mechanisms))]
    [InlineData("--replication quorum --write-back")]
    [InlineData("--replication quorum --r 1 --w 1")]
    [InlineData("--replication quorum --tags clock")]
    public void Each_mechanism_keeps_what_is_known_of_it(string options)
    {
        var scenario = DesignHunt.Scenario($"pacelc {options}", s_short);

        Assert.Empty(scenario.StoryFaults.Faults);
        Assert.All(
            Judged(scenario),
            verdict => Assert.True(
                verdict.Validity == Validity.Valid, $"{verdict.Checker}: {verdict.Summary}"));
    }

    [Theory]
    [InlineData("--replication quorum", "bounded-staleness, replicas-converge")]
    [InlineData("--replication quorum --write-back", "linearizable, replicas-converge")]
    [InlineData("--replication quorum --r 1 --w 2", "replicas-converge")]
    [InlineData(
        "--replication quorum --reads session", "read-your-writes, monotonic-reads, replicas-converge")]
    [InlineData("--replication primary-backup-async", "linearizable, replicas-converge")]
    public void What_is_promised_is_what_is_known(string options, string checkers) => Assert.Equal(
        checkers,
        string.Join(
            ", ",
            DesignHunt.Scenario($"pacelc {options}").Promises.Expectations.Select(one => one.Name)));

    // The planted twin: quorums that need not meet, judged as those that do.
    [Fact]
    public void Quorums_that_need_not_meet_break_what_those_that_meet_keep()
    {
        var promised = DesignHunt.Scenario("pacelc --replication quorum", s_short).Promises;
        var loose = DesignHunt.Scenario("pacelc --replication quorum --r 1 --w 1", s_short) with
        {
            Promises = promised,
        };

        Assert.Contains(Judged(loose), verdict => verdict.Validity == Validity.Invalid);
    }

    [Theory]
    [InlineData("raft")]
    [InlineData("primary-backup-async")]
    [InlineData("primary-backup-sync")]
    public void Without_any_fault_fresh_reads_cost_latency(string replication)
    {
        var fresh = Run(DesignHunt.Scenario($"pacelc --replication {replication} --reads leader", s_short));
        var near = Run(DesignHunt.Scenario($"pacelc --replication {replication} --reads any", s_short));

        Assert.DoesNotContain(ReadStaleness.Of(fresh), read => read.StalenessNs > 0);
        Assert.Contains(ReadStaleness.Of(near), read => read.StalenessNs > 0);
        // The way between the data centres takes 15 ms at least, and there and back twice that.
        Assert.True(NinthTenth(fresh) > 30);
        Assert.True(NinthTenth(near) < 15);
    }

    [Fact]
    public void Nothing_happens_meanwhile() => Assert.StartsWith(
        "--story:",
        Assert.Throws<UserMistakeException>(() => DesignHunt.Scenario("pacelc --story membership")).Message,
        StringComparison.Ordinal);

    static double NinthTenth(History history)
    {
        var reads = history.Operations
            .Where(one => one.Function == Functions.Read && one.Outcome == Outcome.Ok)
            .Select(one => (one.CompletedNs - one.InvokedNs) / 1e6).Order().ToList();
        return reads[(int)(reads.Count * 0.9)];
    }

    static History Run(Scenario scenario) =>
        new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), RunControl.None).History;

    static List<Verdict> Judged(Scenario scenario)
    {
        var history = Run(scenario);
        return [.. scenario.Promises.Expectations.Select(checker => checker.Check(history))];
    }
}
