using Steelyard.Testing;

namespace Steelyard.Services.Tests.Caches;

public sealed class CacheWorldTests
{
    [Fact]
    public void A_cache_of_one_host_is_empty_after_a_crash() => ServicesTest.Run<LonelyCache>(1..2);

    [Fact]
    public void A_replica_takes_over_with_what_it_was_told() => ServicesTest.Run<CacheWithReplica>(1..2);

    [Fact]
    public void What_the_replica_was_not_told_yet_is_lost() => ServicesTest.Run<CacheWithLateReplica>(1..2);

    [Fact]
    public void The_loss_of_a_replica_loses_nothing() => ServicesTest.Run<CacheWhoseReplicaCrashes>(1..2);

    [Fact]
    public void What_has_expired_is_found_no_more() => ServicesTest.Run<ExpiringCache>(1..1);

    [Fact]
    public void What_never_expires_is_found_for_longer() =>
        Assert.Throws<ServicesTestException>(() => ServicesTest.Run<CacheThatNeverExpires>(1..1));

    [Fact]
    public void A_small_cache_forgets() => ServicesTest.Run<SmallCache>(1..1);
}
