using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Designs.Inventory.Promises;

namespace Steelyard.Services.Designs.Tests.Inventory.Promises;

public sealed class StockAddsUpTests
{
    const string Sales = """
        0 invoke sell {id: 1, item: widget, quantity: 2}
        0 ok sell true
        1 invoke sell {id: 2, item: widget, quantity: 3}
        1 ok sell true
        1 invoke cancel {id: 2}
        1 ok cancel true
        0 invoke sell {id: 3, item: widget, quantity: 9}
        0 ok sell false
        2 invoke replica-state
        """;

    [Theory]
    [InlineData("{units: 3, standing: [1]}", null)]
    [InlineData("{units: 2, standing: [1]}", "lost-units")]
    [InlineData("{units: 4, standing: [1]}", "units-from-nowhere")]
    [InlineData("{units: 0, standing: [1, 2]}", "uncancelled")]
    [InlineData("{units: 5, standing: []}", "lost-sale")]
    public void What_is_left_and_what_is_sold_is_all_there_was(string state, string? anomaly)
    {
        var verdict = new StockAddsUp(5).Check(History.Parse($"{Sales}\n2 ok replica-state {state}"));

        Assert.Equal(anomaly, verdict.Anomalies.Select(found => found.Type).FirstOrDefault());
    }

    [Fact]
    public void A_stock_that_nobody_read_is_not_judged() =>
        Assert.Equal(Validity.Unknown, new StockAddsUp(5).Check(History.Parse(Sales)).Validity);
}
