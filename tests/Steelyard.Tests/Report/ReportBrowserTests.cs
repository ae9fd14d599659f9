using Microsoft.Playwright;

namespace Steelyard.Tests.Report;

public sealed class ReportBrowserTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    const string Diagram = "svg.space-time";

    [BrowserFact]
    public async Task The_page_opens_from_a_file_without_a_complaint_and_asks_nothing_of_the_network()
    {
        await using var report = await browser.Open();

        await report.Page.Locator("footer").ScrollIntoViewIfNeededAsync();

        Assert.Empty(report.Complaints);
        Assert.StartsWith("file://", Assert.Single(report.Requests), StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_chart_is_drawn(ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width);

        var inked = await report.Page.EvaluateAsync<int[]>(
            """
            () => [...document.querySelectorAll("canvas")].map(canvas => {
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let inked = 0;
              for (let i = 3; i < data.length; i += 4) if (data[i] > 60) inked++;
              return inked;
            })
            """);

        Assert.Equal(4, inked.Length);
        Assert.All(inked, pixels => Assert.True(pixels > 1_000, $"{pixels} pixels drawn"));
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width);

        Assert.Empty(await report.SeriousByAxe());
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(720)]
    public async Task Nothing_sticks_out_of_a_narrow_window(int width)
    {
        await using var report = await browser.Open(width: width);

        Assert.Equal(width, await report.Page.EvaluateAsync<int>(
            "() => document.documentElement.scrollWidth"));
    }

    [BrowserFact]
    public async Task Verdicts_come_first_and_say_in_words_what_their_icons_show()
    {
        await using var report = await browser.Open();

        Assert.Equal(["Broke", "Unknown", "Held"],
            await report.Page.Locator(".promises .verdict").AllInnerTextsAsync());
        Assert.Equal(3, await report.Page.Locator(".promises .verdict svg").CountAsync());
        var unknown = await ColourOf(report.Page, ".unknown .verdict");
        Assert.NotEqual(await ColourOf(report.Page, ".held .verdict"), unknown);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 375)]
    public async Task A_cycle_is_drawn_with_an_arrow_and_a_sentence_for_each_edge(
        ColorScheme scheme, int width)
    {
        await using var report = await browser.Open(scheme, width);
        var figure = report.Page.Locator("figure.cycle");

        Assert.Equal(2, await figure.Locator("svg .card").CountAsync());
        Assert.Equal(["rw", "realtime"], await figure.Locator("svg .kind").AllTextContentsAsync());
        Assert.Equal(2, await figure.Locator("svg .head").CountAsync());
        Assert.Equal(2, await figure.Locator("li").CountAsync());
        var box = await figure.Locator("svg").BoundingBoxAsync();
        Assert.InRange(box!.X + box.Width, 100, width);
    }

    [BrowserFact]
    public async Task The_space_time_diagram_shows_the_witness_and_zooms_by_button_key_and_wheel()
    {
        await using var report = await browser.Open();
        var page = report.Page;
        await page.Locator(Diagram).ScrollIntoViewIfNeededAsync();
        Assert.Equal(1, await page.Locator($"{Diagram} .operation.witness").CountAsync());
        var whole = await WitnessWidth(page);

        await page.GetByLabel("Zoom in").ClickAsync();
        var byButton = await WitnessWidth(page);
        await page.Locator(Diagram).FocusAsync();
        await page.Keyboard.PressAsync("+");
        var byKey = await WitnessWidth(page);
        await page.Locator(Diagram).HoverAsync();
        await page.Mouse.WheelAsync(0, -300);
        await page.WaitForFunctionAsync(
            $"w => document.querySelector('{Diagram} .witness rect').getBBox().width > w", byKey);
        await page.Keyboard.PressAsync("0");

        Assert.True(whole < byButton && byButton < byKey, $"{whole} < {byButton} < {byKey}");
        Assert.Equal(whole, await WitnessWidth(page), 1.0);
    }

    [BrowserFact]
    public async Task A_wheel_that_passes_over_the_diagram_scrolls_the_page()
    {
        await using var report = await browser.Open();
        var page = report.Page;
        await page.Locator(Diagram).ScrollIntoViewIfNeededAsync();
        await page.Locator(Diagram).HoverAsync();
        var before = await WitnessWidth(page);
        var top = await page.EvaluateAsync<double>("() => scrollY");

        await page.Mouse.WheelAsync(0, 200);

        await page.WaitForFunctionAsync("top => scrollY > top", top);
        Assert.Equal(before, await WitnessWidth(page), 1.0);
    }

    [BrowserFact]
    public async Task The_arrow_keys_walk_from_operation_to_operation_and_tell_of_each()
    {
        await using var report = await browser.Open();
        await report.Page.Locator(Diagram).FocusAsync();

        await report.Page.Keyboard.PressAsync("ArrowDown");

        Assert.Contains("client", await report.Page.Locator(".details").InnerTextAsync(),
            StringComparison.Ordinal);
        Assert.Equal(1, await report.Page.Locator($"{Diagram} .operation.picked").CountAsync());
    }

    [BrowserFact]
    public async Task The_button_turns_light_into_dark_and_the_charts_with_it()
    {
        await using var report = await browser.Open();
        const string FirstChart = "() => document.querySelector('canvas').toDataURL()";
        var paper = await report.Page.EvaluateAsync<string>(
            "() => getComputedStyle(document.body).backgroundColor");
        var chart = await report.Page.EvaluateAsync<string>(FirstChart);

        await report.Page.Locator("button.theme").ClickAsync();

        Assert.NotEqual(
            paper, await report.Page.EvaluateAsync<string>(
                "() => getComputedStyle(document.body).backgroundColor"));
        await report.Page.WaitForFunctionAsync("old => document.querySelector('canvas').toDataURL() !== old",
            chart);
    }

    static Task<double> WitnessWidth(IPage page) => page.EvaluateAsync<double>(
        $"() => document.querySelector('{Diagram} .witness rect').getBBox().width");

    static Task<string> ColourOf(IPage page, string selector) =>
        page.EvaluateAsync<string>("s => getComputedStyle(document.querySelector(s)).color", selector);
}
