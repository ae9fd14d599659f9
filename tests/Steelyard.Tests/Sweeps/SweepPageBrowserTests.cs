using Microsoft.Playwright;
using Steelyard.Tests.Report;

namespace Steelyard.Tests.Sweeps;

/// <summary>The page of a sweep, as a reader uses it.</summary>
public sealed class SweepPageBrowserTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    /// <summary>A page with points of every standing, and curves that cross.</summary>
    internal static string Page() => SweepFilesTests.Page(Swept.Result(
        "flavour=plain,salted rate=10..40:10",
        Seeds(10, 40), Seeds(11, 30), Seeds(12, 20), Seeds(13, 90), Seeds(2, 80), Seeds(6, 60),
        [(14, 21), (11, 19), (15, 25)], Seeds(18, 5)));

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task It_opens_without_a_complaint_and_draws_every_point_twice(ColorScheme scheme, int width)
    {
        await using var sweep = await browser.Open(scheme, width, ReportBrowser.Sweep);

        Assert.Empty(sweep.Complaints);
        Assert.Single(sweep.Requests);
        Assert.Equal(8, await sweep.Page.Locator(".scatter .mark").CountAsync());
        Assert.Equal(8, await sweep.Page.Locator(".curves .stop").CountAsync());
        Assert.NotEqual("", await sweep.Page.Locator(".frontier-line").GetAttributeAsync("d"));
        Assert.Equal(
            width, await sweep.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [BrowserFact]
    public async Task A_click_on_a_mark_tells_what_it_is_and_keeps_it()
    {
        await using var sweep = await browser.Open(file: ReportBrowser.Sweep);

        await sweep.Page.Locator(".scatter [data-point='1'] .hit").ClickAsync();
        await sweep.Page.Locator(".scatter [data-point='8'] .hit").HoverAsync();

        var details = await sweep.Page.Locator(".point-details").InnerTextAsync();
        Assert.Contains("#1 flavour=plain rate=10", details, StringComparison.Ordinal);
        Assert.Contains(
            "steelyard run tiny --flavour plain --rate 10 --seed 0x1", details, StringComparison.Ordinal);
        Assert.Equal(
            "points/1/report.html",
            await sweep.Page.Locator(".point-details a").GetAttributeAsync("href"));
        Assert.Equal(1, await sweep.Page.Locator(".curves .picked").CountAsync());
    }

    [BrowserFact]
    public async Task A_row_of_the_table_opens_and_the_curves_say_where_they_cross()
    {
        await using var sweep = await browser.Open(file: ReportBrowser.Sweep);

        await sweep.Page.Locator("#points button").First.ClickAsync();

        Assert.True(await sweep.Page.Locator("#points .more").First.IsVisibleAsync());
        Assert.Contains(
            "flavour=plain becomes better than flavour=salted at x from rate=40 on",
            await sweep.Page.Locator("#curves").InnerTextAsync(), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_in_a_sweep(ColorScheme scheme)
    {
        await using var sweep = await browser.Open(scheme, file: ReportBrowser.Sweep);
        await sweep.Page.Locator(".scatter [data-point='1'] .hit").ClickAsync();
        await sweep.Page.AddScriptTagAsync(new()
        {
            Path = Path.Combine(PageSources.Web, "node_modules", "axe-core", "axe.min.js"),
        });

        Assert.Empty(await sweep.Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations
              .filter(v => v.impact === "serious" || v.impact === "critical")
              .map(v => `${v.id}: ${v.nodes.map(n => n.target).join(", ")}`)
            """));
    }

    static (double X, double Y)[] Seeds(double x, double y) =>
        [(x, y), (x + 0.2, y + 3), (x + 0.1, y + 1)];
}
