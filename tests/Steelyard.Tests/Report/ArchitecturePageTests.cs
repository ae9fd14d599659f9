using System.Text.Json;
using Microsoft.Playwright;
using Steelyard.Report;
using Steelyard.Runs;

namespace Steelyard.Tests.Report;

/// <summary>The page of an architecture: its data, and in a browser the drawing.</summary>
public sealed class ArchitecturePageTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    const string Graph = "svg.graph";

    [Fact]
    public void Parts_and_calls_stand_in_the_data_and_their_curves_agree_with_the_means()
    {
        var run = ShopRuns.Run();
        var data = ArchitectureParts.Of(run)!;

        Assert.Equal(["users", "api", "cache", "db"], data.Parts.Select(part => part.Name));
        Assert.Equal(
            ["users api", "api cache", "api db"], data.Calls.Select(call => $"{call.From} {call.To}"));
        var api = data.Parts[1];
        Assert.Equal("2 × 8 workers", api.Size);
        Assert.All([api.Came, api.Working, api.Line, api.Workers!], curve =>
            Assert.Equal(data.Starts.Count, curve.Count));
        var load = (int)(40 / data.WindowSeconds);
        Assert.Equal(api.Utilisation!.Value, api.Working.Take(load).Average() / 16, 0.02);
        Assert.Equal(200, data.Calls[0].PerSecond, 12.0);
        Assert.Equal(["reads"], data.Calls[1].Traits);
        Assert.Contains(" % hits", Assert.Single(data.Parts[2].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_and_options_say_who_asks_and_not_that_there_is_one_client()
    {
        var page = RunReport.Of(ShopRuns.Run(), [], null);

        Assert.Contains(new FactData("users", "200/s"), page.Facts);
        Assert.Contains(page.Facts, fact => fact.Name == "requests");
        Assert.DoesNotContain(page.Facts, fact => fact.Name is "clients" or "operations" or "history");
        Assert.DoesNotContain(page.Options, option => option.Name is "clients" or "nodes" or "rate");
        Assert.DoesNotContain(page.Trade, line => line.Contains("not kept", StringComparison.Ordinal));
        Assert.Equal("Requests", page.Measurements.First(one => one.Name == "operations").Words);
    }

    [Fact]
    public void The_bottleneck_stands_in_the_head_in_the_graph_and_in_result_json()
    {
        var narrow = ShopRuns.Run(pool: 1, ("users.rate", "450"));
        var data = RunReport.Of(narrow, [], null);

        Assert.Contains(data.Trade, line => line.Contains(
            "The pool from api to db is the bottleneck: its 2 × 1 connections are ",
            StringComparison.Ordinal));
        Assert.Equal(("api", "db"), (data.Architecture!.BottleneckPart, data.Architecture.BottleneckTo));
        Assert.Equal("bottleneck", data.Architecture.BottleneckWord);
        Assert.Null(ArchitectureParts.Of(ShopRuns.Run())!.BottleneckTo);
        var first = Json(narrow).GetProperty("bottleneck").GetProperty("first");
        Assert.Equal("the pool from api to db", first.GetProperty("name").GetString());
        Assert.InRange(first.GetProperty("utilisation").GetDouble(), 0.9, 1.0);
        Assert.False(Json(narrow).TryGetProperty("clients", out _));
    }

    [Fact]
    public void Figures_bring_their_intervals_and_the_head_says_what_was_cut()
    {
        var data = RunReport.Of(ShopRuns.Run(), [], null);

        Assert.Contains(data.Measurements, one => one.Low <= one.Value && one.Value <= one.High);
        Assert.Contains("(MSER-5)", data.Architecture!.Settled, StringComparison.Ordinal);
        Assert.DoesNotContain(
            RunReport.Of(ShopRuns.Run(null, ("kick", "load"), ("kick-at", "10s")), [], null).Measurements,
            one => one.Low is not null);
    }

    [Fact]
    public void A_push_of_the_load_is_shaded_and_told_before_during_and_after()
    {
        var pushed = RunReport.Of(
            ShopRuns.Run(null, ("kick", "load"), ("kick-size", "30"), ("kick-at", "10s"), ("kick-for", "4s")),
            [], null);

        var fault = Assert.Single(pushed.Faults);
        Assert.Equal(("30 times the load", 10.0, 14.0), (fault.Description, fault.Start, fault.End));
        var push = pushed.Architecture!.Push!;
        Assert.True(push.During < push.Before, $"{push.During} < {push.Before}");
        Assert.Null(RunReport.Of(ShopRuns.Run(), [], null).Architecture!.Push);
        Assert.Empty(RunReport.Of(ShopRuns.Run(), [], null).Faults);
    }

    [Fact]
    public void A_service_that_is_scaled_shows_what_was_there_wanted_and_needed()
    {
        var data = ArchitectureParts.Of(ShopRuns.Run(
            null, ("users.rate", "600"), ("api.workers", "4"), ("api.scale", "hpa"),
            ("api.start-up", "2s")))!;
        var api = data.Parts[1];

        Assert.Equal(2, api.Wanted![0]);
        Assert.True(api.Wanted[^1] > 2, $"{api.Wanted[^1]} are wanted in the end");
        Assert.True(api.Instances!.Max() > 2, $"{api.Instances!.Max()} were there");
        Assert.Equal(data.Starts.Count, api.Needed!.Count);
        Assert.StartsWith("It costs ", data.Cost, StringComparison.Ordinal);
        Assert.All(data.Parts.Where(part => part.Name != "api"), part => Assert.Null(part.Wanted));
    }

    [Fact]
    public void Runs_of_anything_else_have_none()
    {
        Assert.Null(RunReport.Of(Samples.Run(), [], null).Architecture);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task The_graph_has_a_box_for_each_part_an_arrow_for_each_call_and_a_mark_at_the_bottleneck(
        ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width, ReportBrowser.Architecture);
        var page = report.Page;

        Assert.Equal(4, await page.Locator($"{Graph} .part").CountAsync());
        Assert.Equal(3, await page.Locator($"{Graph} .way .head").CountAsync());
        Assert.Equal("bottleneck", await page.Locator($"{Graph} .calls.first tspan").Last.TextContentAsync());
        Assert.Equal(0, await page.Locator($"{Graph} .tag").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(report.Complaints);
    }

    [BrowserFact]
    public async Task No_box_lies_on_another()
    {
        await using var report = await browser.Open(file: ReportBrowser.Architecture);

        var overlaps = await report.Page.EvaluateAsync<int>(
            """
            () => {
              const cards = [...document.querySelectorAll("svg.graph .card")];
              const boxes = cards.map(card => card.getBoundingClientRect());
              return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>
                a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
            }
            """);

        Assert.Equal(0, overlaps);
    }

    [BrowserFact]
    public async Task A_part_that_is_picked_by_pointer_or_key_shows_its_curves()
    {
        await using var report = await browser.Open(file: ReportBrowser.Architecture);
        var page = report.Page;
        Assert.Equal("api", await Shown(page));

        await page.Locator($"{Graph} [data-part=db]").ClickAsync();
        Assert.Equal("db", await Shown(page));
        await page.Locator($"{Graph} [data-part=users]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.Equal("users", await Shown(page));
        var users = page.Locator($"{Graph} [data-part=users]");
        Assert.Equal("true", await users.GetAttributeAsync("aria-pressed"));
        Assert.Equal(1, await page.Locator($"{Graph} .picked").CountAsync());
        Assert.NotEqual(0, await page.Locator(".panel:visible canvas").CountAsync());
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width, ReportBrowser.Architecture);

        Assert.Empty(await report.SeriousByAxe());
    }

    static async Task<string> Shown(IPage page) =>
        (await page.Locator(".panel:visible h3").InnerTextAsync()).Split(' ')[0];

    static JsonElement Json(RunResult run)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ResultJson.Write(json, run, null);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
