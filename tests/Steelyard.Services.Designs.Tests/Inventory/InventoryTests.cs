using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Inventory;

public sealed class InventoryTests
{
    [Fact]
    public void A_conditional_update_sells_no_unit_twice() =>
        ServicesTest.Run<ConditionalUpdateScenario>(1..Broken.Seeds);

    [Fact]
    public void Shares_in_escrow_sell_no_unit_twice_and_lose_none() =>
        ServicesTest.Run<EscrowScenario>(1..Broken.Seeds);

    [Fact]
    public void A_counter_that_is_read_and_then_written_is_oversold() =>
        Broken.At<ReadThenWrite>(1, "oversell");

    [Fact]
    public void A_counter_that_is_read_and_then_lowered_is_oversold() =>
        Broken.At<CheckThenTake>(1, "oversell");

    [Fact]
    public void Transfers_without_a_name_lose_units() =>
        Broken.At<EscrowUnnamedTransfers>(1, "stock-adds-up");

    [Fact]
    public void A_sale_that_was_cancelled_before_it_came_is_never_made() =>
        ServicesTest.Run<EarlyCancel>(1..1);
}
