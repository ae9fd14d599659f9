using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;

namespace Steelyard.Tests.Report;

/// <summary>The longest orders that fit, in JSON and on the page.</summary>
public sealed class OrdersPageTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    // Either the read comes after the write of 2, or the cas finds a 1: not both.
    static readonly History Recorded = History.Parse("""
        0 invoke write key=x 1
        1 invoke write key=x 1
        2 invoke write key=x 2
        0 ok write
        1 ok write
        2 ok write
        0 invoke read key=x
        1 invoke cas key=x [1, 5]
        1 ok cas
        0 ok read 2
        """);

    internal static string StuckPage()
    {
        var verdict = new Linearizable(KnownModels.CasRegister()).Check(Recorded);
        using var stream = new MemoryStream();
        ReportPage.Write(
            stream, new CheckedHistory("stuck", Recorded, [verdict], RunMeasures.Of(Recorded, new())), []);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void The_longest_orders_tell_each_state_and_what_fits_no_more()
    {
        var anomaly = new Linearizable(KnownModels.CasRegister()).Check(Recorded).Anomalies[0];

        Assert.All(anomaly.PartialOrders, order => Assert.Equal(4, order.Steps.Count));
        var first = anomaly.PartialOrders[0];
        Assert.Equal(["1", "1", "2", "2"], first.Steps.Select(step => step.State));
        Assert.Equal("nil", first.Initial);
        Assert.Equal(new RefusedStep(4, "x held 2"), Assert.Single(first.Refused));
    }

    [Fact]
    public void JSON_holds_them_by_the_index_of_their_operations()
    {
        var verdict = new Linearizable(KnownModels.CasRegister()).Check(Recorded);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ResultJson.WriteVerdict(json, Recorded, verdict);

        var order = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("anomalies")[0]
            .GetProperty("partialOrders")[0];

        Assert.Equal(7, order.GetProperty("refused")[0].GetProperty("operation").GetInt32());
        Assert.Equal("2", order.GetProperty("steps")[3].GetProperty("state").GetString());
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_reader_steps_through_an_order_from_its_end(ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width, ReportBrowser.Stuck);
        var page = report.Page;
        Assert.Contains(
            "read x", await page.Locator(".orders .now").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "does not fit: x held 2", await page.Locator(".orders .refused").InnerTextAsync(),
            StringComparison.Ordinal);

        await page.Locator(".orders").GetByText("Back", new() { Exact = true }).ClickAsync();

        Assert.StartsWith("3", await page.Locator(".orders .now").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await page.Locator(".orders .instant").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>(
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Empty(report.Complaints);
    }
}
