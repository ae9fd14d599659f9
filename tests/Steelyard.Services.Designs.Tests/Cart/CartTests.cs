using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Cart;

public sealed class CartTests
{
    [Fact]
    public void Shoppers_who_carry_their_version_keep_their_sessions() =>
        ServicesTest.Run<VersionToken>(1..Broken.Seeds);

    [Fact]
    public void Shoppers_who_stay_with_one_replica_keep_their_sessions() =>
        ServicesTest.Run<Sticky>(1..Broken.Seeds);

    [Fact]
    public void Any_replica_may_lack_what_the_shopper_wrote() => Broken.At<AnyReplica>(1, "read-your-writes");

    [Fact]
    public void A_write_at_a_replica_that_lacks_what_was_read_is_seen_without_it() =>
        Broken.At<UnorderedWrites>(1, "writes-follow-reads");

    [Fact]
    public void A_token_without_the_own_writes_misses_them() =>
        Broken.At<ForgetfulToken>(1, "read-your-writes");

    [Fact]
    public void The_later_of_two_carts_lacks_what_went_into_the_other() =>
        Broken.At<LatestCart>(1, "read-your-writes");

    [Fact]
    public void A_removal_that_leaves_no_trace_is_undone_by_a_late_copy_of_the_add() =>
        Broken.At<ForgetsRemovals>(1, "read-your-writes");
}
