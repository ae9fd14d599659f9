using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Orders;

public sealed class OrdersTests
{
    [Fact]
    public void A_saga_leaves_no_order_half_done() => ServicesTest.Run<Orchestrated>(1..Broken.Seeds);

    [Fact]
    public void Services_that_tell_each_other_leave_no_order_half_done() =>
        ServicesTest.Run<Choreographed>(1..Broken.Seeds);

    [Fact]
    public void A_saga_that_undoes_nothing_leaves_orphans() => Broken.At<NoCompensation>(1, "no-orphan");

    [Fact]
    public void A_step_of_unknown_outcome_that_is_not_undone_leaves_an_orphan() =>
        Broken.At<CompensateKnownSteps>(1, "no-orphan");

    [Fact]
    public void A_step_that_comes_after_its_undoing_leaves_an_orphan() =>
        Broken.At<NoTombstone>(4, "no-orphan");

    [Fact]
    public void A_step_that_is_done_again_when_asked_again_takes_twice() =>
        Broken.At<StepsWithoutIdempotency>(24, "no-orphan");

    [Fact]
    public void Units_that_are_given_back_twice_are_oversold() =>
        Broken.At<UndoWithoutIdempotency>(1, "oversell");

    [Fact]
    public void A_saga_that_a_crash_forgets_never_ends() => Broken.At<StateInMemory>(34, "no-orphan");

    [Fact]
    public void A_retry_under_no_id_is_another_order() => Broken.At<ServerChosenId>(1, "one-order-per-id");

    [Fact]
    public void What_is_told_after_the_change_and_lost_leaves_an_orphan() =>
        Broken.At<TellAfterCommit>(1, "no-orphan");
}
