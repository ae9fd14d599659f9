using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Designs.Orders.Promises;

namespace Steelyard.Services.Designs.Tests.Orders.Promises;

public sealed class OrdersPromisesTests
{
    // An order that stands, one that was refused, one that was cancelled, one nobody was told of.
    const string Asked = """
        0 invoke buy {id: a, item: widget, quantity: 2, account: a1}
        0 ok buy true
        1 invoke buy {id: b, item: widget, quantity: 3, account: a1}
        1 ok buy false
        0 invoke buy {id: c, item: widget, quantity: 1, account: a2}
        0 ok buy true
        0 invoke cancel {id: c}
        0 ok cancel true
        1 invoke buy {id: d, item: widget, quantity: 1, account: a2}
        1 info buy

        """;

    const string A = "{order: a, id: a, quantity: 2, state: confirmed}";
    const string B = "{order: b, id: b, quantity: 3, state: cancelled}";
    const string C = "{order: c, id: c, quantity: 1, state: cancelled}";
    const string RightOrders = $"{A}, {B}, {C}";

    [Theory]
    [InlineData("{order: a, quantity: 2}", "{order: a, quantity: 20}", null)]
    [InlineData("{order: a, quantity: 2}, {order: b, quantity: 3}", "{order: a, quantity: 20}",
        "orphan-reservation")]
    [InlineData("{order: a, quantity: 2}", "{order: a, quantity: 20}, {order: b, quantity: 30}",
        "orphan-charge")]
    [InlineData("{order: a, quantity: 2}, {order: z, quantity: 1}", "{order: a, quantity: 20}",
        "orphan-reservation")]
    [InlineData("", "{order: a, quantity: 20}", "missing-reservation")]
    [InlineData("{order: a, quantity: 2}", "", "missing-charge")]
    [InlineData("{order: a, quantity: 2}, {order: a, quantity: 2}", "{order: a, quantity: 20}",
        "wrong-reservation")]
    [InlineData("{order: a, quantity: 2}", "{order: a, quantity: 10}", "wrong-charge")]
    public void A_confirmed_order_holds_both_and_nothing_else_is_held(
        string reservations, string charges, string? anomaly) =>
        Assert.Equal(anomaly, Found(new NoOrphan(10), RightOrders, reservations, charges));

    [Theory]
    [InlineData(RightOrders, null)]
    [InlineData($"{A}, {{order: s2, id: a, quantity: 2, state: cancelled}}", "duplicate-order")]
    [InlineData($"{A}, {{order: z, id: z, quantity: 1, state: confirmed}}", "order-from-nowhere")]
    [InlineData("{order: a, id: a, quantity: 5, state: confirmed}", "wrong-order")]
    public void There_is_one_order_for_each_id(string orders, string? anomaly) =>
        Assert.Equal(anomaly, Found(new OneOrderPerId(), orders));

    [Theory]
    [InlineData(RightOrders, null)]
    [InlineData($"{RightOrders}, {{order: d, id: d, quantity: 1, state: confirmed}}", null)]
    [InlineData($"{RightOrders}, {{order: d, id: d, quantity: 1, state: cancelled}}", null)]
    [InlineData($"{RightOrders}, {{order: d, id: d, quantity: 1, state: placed}}", "unsettled")]
    [InlineData($"{A}, {B}, {{order: c, id: c, quantity: 1, state: cancelling}}", "unsettled")]
    [InlineData($"{B}, {C}", "lost-order")]
    [InlineData($"{A}, {{order: b, id: b, quantity: 3, state: confirmed}}, {C}", "refused-order")]
    [InlineData($"{A}, {B}, {{order: c, id: c, quantity: 1, state: confirmed}}", "uncancelled")]
    public void Every_order_ends_as_its_client_was_told(string orders, string? anomaly) =>
        Assert.Equal(anomaly, Found(new OrdersSettle(), orders));

    [Fact]
    public void Services_that_nobody_read_are_not_judged()
    {
        var history = History.Parse(Asked);
        IChecker[] checkers = [new NoOrphan(10), new OneOrderPerId(), new OrdersSettle()];

        Assert.All(checkers, checker => Assert.Equal(Validity.Unknown, checker.Check(history).Validity));
    }

    [Fact]
    public void Where_nobody_placed_an_order_nothing_is_said()
    {
        var history = History.Parse("""
            0 invoke buy {id: a, item: widget, quantity: 2, account: a1}
            0 info buy
            2 invoke replica-state key=orders
            2 ok replica-state []
            2 invoke replica-state key=reservations
            2 ok replica-state []
            2 invoke replica-state key=charges
            2 ok replica-state []
            """);
        IChecker[] checkers = [new NoOrphan(10), new OneOrderPerId(), new OrdersSettle()];

        Assert.All(checkers, checker => Assert.Equal(Validity.Unknown, checker.Check(history).Validity));
    }

    static string? Found(IChecker checker, string orders, string reservations = "", string charges = "")
    {
        var history = History.Parse($"""
            {Asked}
            2 invoke replica-state key=orders
            2 ok replica-state [{orders}]
            2 invoke replica-state key=reservations
            2 ok replica-state [{reservations}]
            2 invoke replica-state key=charges
            2 ok replica-state [{charges}]
            """);
        return checker.Check(history).Anomalies.Select(anomaly => anomaly.Type).FirstOrDefault();
    }
}
