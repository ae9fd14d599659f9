using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace WellKnownFaults.Tests;

/// <summary>Nine mistakes that many have made, each with its mended twin, on a real PostgreSQL: the wrong one
/// is found by the faults that a nemesis draws, and the twin keeps its promise under the same ones.</summary>
public sealed class WellKnownFaultsTests
{
    [PostgresFact]
    public void A_key_that_is_stored_after_the_charge_charges_twice() =>
        Finds<KeyStoredAfterChargeWrong, KeyStoredAfterChargeMended>(1, "took effect twice at ledger");

    [PostgresFact(IsLong = true)]
    public void Two_pollers_of_one_outbox_ship_twice() =>
        Finds<TwoPollersOfOneOutboxWrong, TwoPollersOfOneOutboxMended>(1, "took effect twice at shipped");

    [PostgresFact(IsLong = true)]
    public void A_post_that_the_standard_handler_sends_again_charges_twice() =>
        Finds<PostRetriedByStandardHandlerWrong, PostRetriedByStandardHandlerMended>(
            29, "took effect twice at charged");

    [PostgresFact(IsLong = true)]
    public void A_commit_whose_answer_was_lost_is_done_again_by_the_execution_strategy() =>
        Finds<AmbiguousCommitWrong, AmbiguousCommitMended>(20, "took effect twice at deposited");

    [PostgresFact(IsLong = true)]
    public void What_is_read_changed_and_written_is_lost() =>
        Finds<LostUpdateWrong, LostUpdateMended>(1, "was acknowledged, yet never took effect at carts");

    [PostgresFact(IsLong = true)]
    public void A_holder_that_outlives_its_lease_gives_a_number_twice() =>
        Finds<LeaseOutlivedWrong, LeaseOutlivedMended>(11, "were both given the id");

    [PostgresFact(IsLong = true)]
    public void A_cache_that_is_filled_late_stays_stale() =>
        Finds<StaleCacheFillWrong, StaleCacheFillMended>(4, "was acknowledged");

    [PostgresFact(IsLong = true)]
    public void Two_copies_of_a_message_both_pass_the_inbox() =>
        Finds<InboxRaceWrong, InboxRaceMended>(1, "took effect twice at reserved");

    [PostgresFact(IsLong = true)]
    public void A_retry_with_a_tracked_entity_enters_twice() =>
        Finds<RetryWithTrackedEntityWrong, RetryWithTrackedEntityMended>(1, "took effect twice at entered");

    // The wrong one at the first seed that shows it, the twin at the same and some more; all with --long.
    static void Finds<TWrong, TMended>(int seed, string told)
        where TWrong : IServicesScenario
        where TMended : IServicesScenario
    {
        var broken = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<TWrong>(Depth.IsLong ? 1..50 : seed..seed));

        Assert.Contains(told, broken.Message, StringComparison.Ordinal);
        ServicesTest.Run<TMended>(Depth.IsLong ? 1..200 : seed..seed);
    }
}
