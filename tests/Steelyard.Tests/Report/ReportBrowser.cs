using Microsoft.Playwright;
using Steelyard.Tests.Sweeps;

namespace Steelyard.Tests.Report;

/// <summary>One headless Chromium for all browser tests, and the page of one run opened from a
/// file.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    /// <summary>The page of a recorded history that has no order.</summary>
    internal const string Stuck = "stuck.html";

    /// <summary>The page of a sweep.</summary>
    internal const string Sweep = "sweep.html";

    /// <summary>The page of an architecture whose pool is narrow.</summary>
    internal const string Architecture = "architecture.html";

    readonly string _folder = Directory.CreateTempSubdirectory("steelyard-report-").FullName;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(BrowserFactAttribute.Chromium))
            return;
        await File.WriteAllTextAsync(Path.Combine(_folder, "report.html"), Samples.Page(Samples.Run()));
        await File.WriteAllTextAsync(Path.Combine(_folder, Stuck), OrdersPageTests.StuckPage());
        await File.WriteAllTextAsync(Path.Combine(_folder, Sweep), SweepPageBrowserTests.Page());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFactAttribute.Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Opens the report in a fresh profile.</summary>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="file">Which page.</param>
    internal async Task<OpenReport> Open(
        ColorScheme scheme = ColorScheme.Light, int width = 1100, string file = "report.html")
    {
        var place = Path.Combine(_folder, Architecture);
        if (file == Architecture && !File.Exists(place))
            await File.WriteAllTextAsync(
                place, ShopRuns.Page(ShopRuns.Run(pool: 1, ("users.rate", "300"))));
        var context = await _browser!.NewContextAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        var report = new OpenReport(context, await context.NewPageAsync());
        await report.Page.GotoAsync(new Uri(Path.Combine(_folder, file)).AbsoluteUri);
        await report.Page.WaitForSelectorAsync("html[data-ready]",
            new() { State = WaitForSelectorState.Attached });
        return report;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A report in a window, and what it complained about or asked of the network.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    readonly IBrowserContext _context;

    public OpenReport(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>What axe finds that keeps people out; closed parts are read too, once opened.</summary>
    public async Task<string[]> SeriousByAxe()
    {
        await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => (d.open = true))");
        await Page.AddScriptTagAsync(new()
        {
            Path = Path.Combine(PageSources.Web, "node_modules", "axe-core", "axe.min.js"),
        });
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations
              .filter(v => v.impact === "serious" || v.impact === "critical")
              .map(v => `${v.id}: ${v.nodes[0].html}`)
            """);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
