using Steelyard.Designs.Tests.Hunts;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Stores;

public sealed class StoreDesignTests
{
    [Theory]
    [InlineData(
        "register --replication quorum --r 4", "--r: expected at most the 3 replicas of --n, found 4")]
    [InlineData(
        "register --replication quorum --w 9", "--w: expected at most the 3 replicas of --n, found 9")]
    [InlineData(
        "register --bug no-dedup --replication single",
        "--bug: expected --replication raft, found single")]
    [InlineData("register --write-back", "--write-back: expected --replication quorum, found raft")]
    [InlineData("register --staleness 3s", "--staleness: expected --reads bounded, found leader")]
    public void Options_that_do_not_fit_are_one_clear_line(string command, string line)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DesignHunt.Scenario(command));
        Assert.Equal(line, mistake.Message);
    }

    [Fact]
    public void More_replicas_than_nodes_are_refused() =>
        Assert.Throws<UserMistakeException>(
            () => DesignHunt.Scenario("register --nodes 3 --replication quorum --n 5 --r 3 --w 3"));

    [Theory]
    [InlineData("leader", "linearizable, replicas-converge")]
    [InlineData("any", "replicas-converge")]
    [InlineData("session", "read-your-writes, monotonic-reads, replicas-converge")]
    [InlineData("monotonic", "monotonic-reads, replicas-converge")]
    [InlineData("bounded", "bounded-staleness, replicas-converge")]
    public void Reads_are_judged_as_what_they_promise(string reads, string checkers)
    {
        var scenario = DesignHunt.Scenario($"register --reads {reads}");
        var promised = scenario.Promises.Expectations.Select(checker => checker.Name);
        Assert.Equal(checkers, string.Join(", ", promised));
    }

    [Fact]
    public void A_wrong_variant_promises_what_its_right_twin_does()
    {
        var right = Promises("register");
        foreach (var wrong in (string[])["--bug stale-read", "--replication primary-backup-async"])
            Assert.Equal(right, Promises("register " + wrong));
    }

    [Fact]
    public void A_name_that_is_nearly_right_is_guessed()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Catalogue.Find("registr"));
        Assert.EndsWith(
            "found \"registr\"; did you mean \"register\"?", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_cut_group_the_minority_refuses_and_the_majority_serves()
    {
        var history = DesignHunt.Story(DesignHunt.Scenario("register"), 1).History;
        Assert.True(ShareServed(history, "n1") > 0.9);
        Assert.True(ShareServed(history, "n3") < 0.1);
    }

    [Fact]
    public void Reads_of_any_replica_are_served_on_both_sides_of_a_cut()
    {
        var history = DesignHunt.Story(DesignHunt.Scenario("register --reads any"), 1).History;
        var reads = DuringCut(history).Where(o => o.Function == Functions.Read).ToList();
        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.Equal(Outcome.Ok, read.Outcome));
    }

    [Fact]
    public void A_primary_that_waits_for_its_backups_refuses_writes_while_one_is_missing()
    {
        var history =
            DesignHunt.Story(DesignHunt.Scenario("register --replication primary-backup-sync"), 1).History;
        var writes = DuringCut(history).Where(o => o.Function == Functions.Write).ToList();
        Assert.NotEmpty(writes);
        Assert.DoesNotContain(writes, write => write.Outcome == Outcome.Ok);
    }

    static IEnumerable<string> Promises(string command) =>
        DesignHunt.Scenario(command).Promises.Expectations.Select(checker => checker.Name);

    // Between two seconds after the cut (leaders have been found) and its end.
    static IEnumerable<Operation> DuringCut(History history)
    {
        var cut = history.Faults.First(fault => fault.Kind == "partition");
        var heal = history.Faults.First(fault => fault.Kind == "partition" && fault.Phase == FaultPhase.End);
        return history.Operations.Where(o =>
            o.InvokedNs > cut.TimeNs + 2_000_000_000 && o.CompletedNs < heal.TimeNs && o.CompletedNs > 0);
    }

    static double ShareServed(History history, string node)
    {
        var asked = DuringCut(history).Where(o => o.Node == node).ToList();
        // A compare that did not match was served, too.
        return asked.Count(o => o.Error is null) / (double)asked.Count;
    }
}
