namespace Steelyard.Designs.Tests.Hunts;

public sealed class RaftHuntTests
{
    const ulong Long = 10_000;

    [Theory]
    [InlineData("register")]
    [InlineData("register --lease")]
    [InlineData("register --nodes 5")]
    [InlineData("register --reads session")]
    [InlineData("register --reads monotonic")]
    [InlineData("register --reads bounded --staleness 2s")]
    [InlineData("register --reads any")]
    [InlineData("kv")]
    public void The_right_Raft_keeps_its_promises_under_all_faults(string command) =>
        DesignHunt.FindsNothing(command, DesignHunt.IsLong ? Long : 10);

    [Theory]
    [InlineData("no-dedup")]
    [InlineData("two-votes-per-term")]
    [InlineData("small-quorum")]
    [InlineData("snapshot-drops-tail")]
    [InlineData("vote-for-stale-log")]
    public void A_bug_that_shows_soon_is_found_within_a_few_seeds(string bug) =>
        DesignHunt.Finds($"register --bug {bug}", "linearizable", 300);

    [Theory]
    [InlineData("forget-vote")]
    [InlineData("stale-read")]
    [InlineData("lease-skew")]
    [InlineData("no-truncate")]
    [InlineData("early-read")]
    [InlineData("commit-old-term")]
    [InlineData("ack-before-sync")]
    [InlineData("skip-log-match")]
    public void A_bug_that_hides_is_found_within_ten_thousand_seeds(string bug)
    {
        if (DesignHunt.IsLong)
            DesignHunt.Finds($"register --bug {bug}", checker: null, Long);
    }

    [Fact]
    public void A_request_applied_twice_after_a_restart_is_found_within_ten_thousand_seeds()
    {
        // An append shows that it was applied twice; a write of a register hides it under the next one.
        if (DesignHunt.IsLong)
            DesignHunt.Finds("kv --bug apply-twice-after-restart", checker: null, Long);
    }
}
