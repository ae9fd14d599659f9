namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisScriptsTests
{
    [EngineFact("redis")]
    public void Every_write_acknowledged_after_the_cut_is_lost_when_a_replica_is_promoted()
    {
        var found = LiveEngines.Try(
            "redis", "primary + async replicas, a replica promoted by hand", "set of acknowledged writes");

        Assert.True(found.Occurred);
        Assert.Equal(
            "100 of 100 acknowledged writes lost; k0, before the cut: before", found.Evidence);
    }

    [EngineFact("redis")]
    public void A_write_of_which_WAIT_says_0_is_there_all_the_same()
    {
        var found = LiveEngines.Try(
            "redis", "primary + async replicas", "a write of which WAIT says 0 is read afterwards");

        Assert.True(found.Occurred);
        Assert.Equal("WAIT said 0, a read at the primary v; the replica had it later: True", found.Evidence);
    }

    [EngineFact("redis", IsLong = true)]
    public void A_fresh_replica_is_waited_for_in_vain_by_default()
    {
        var found = LiveEngines.Try(
            "redis", "fresh replica, default repl-diskless-sync-delay 5", "WAIT 1 for 3 s returns 0");

        Assert.True(found.Occurred);
    }

    [EngineFact("redis", IsLong = true)]
    public void A_fresh_replica_that_is_copied_to_at_once_is_not()
    {
        var found = LiveEngines.Try(
            "redis", "fresh replica, repl-diskless-sync-delay 0", "WAIT 1 for 3 s returns 0");

        Assert.False(found.Occurred);
    }

    [EngineFact("redis", IsLong = true)]
    public void A_primary_that_comes_back_empty_empties_its_replicas()
    {
        var found = LiveEngines.Try(
            "redis", "primary that comes back empty (no log)", "all data of primary and replicas gone");

        Assert.True(found.Occurred);
        Assert.Equal("a replica had 100 keys, and 0 when the primary was back", found.Evidence);
    }

    [EngineFact("redis")]
    public void An_element_popped_for_somebody_who_has_given_up_is_gone()
    {
        var found = LiveEngines.Try(
            "redis", "one server, RPOP", "an element whose answer nobody gets is gone");

        Assert.True(found.Occurred);
        Assert.Equal("the consumer got no answer, and the list has 0 elements", found.Evidence);
    }
}
