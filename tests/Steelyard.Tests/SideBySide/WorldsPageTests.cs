using System.Text;
using Steelyard.Designs;
using Steelyard.Runs;
using Steelyard.SideBySide;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.SideBySide;

public sealed class WorldsPageTests
{
    static readonly WorldColumn s_right = Bank("simulated", "raft");
    static readonly WorldColumn s_wrong = Bank("other", "async") with { Twin = s_right };
    static readonly WorldColumn s_same = Bank("twin", "raft") with { Twin = s_right };

    [Fact]
    public void What_holds_in_one_world_and_not_in_the_other_is_said() =>
        Assert.Contains(
            WorldDifferences.Of(s_wrong), line => line.StartsWith(
                "other: no-overdraft holds simulated and is broken live", StringComparison.Ordinal));

    [Fact]
    public void What_is_the_same_in_both_worlds_is_called_the_same()
    {
        var lines = WorldDifferences.Of(s_same).ToList();

        Assert.Equal("twin: every promise comes out as it does simulated.", lines[0]);
        Assert.Contains("as much is answered within", lines[1], StringComparison.Ordinal);
        Assert.All(lines[2..], line => Assert.EndsWith(": the same.", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_shows_each_promise_and_figure_of_each_run_and_charts_with_units()
    {
        var comparison = new WorldComparison(
            "bank", "10 clients", [s_right, s_wrong], ["it is an example"], "steelyard worlds bank");
        using var page = new MemoryStream();

        WorldsPage.Write(page, comparison);

        var html = Encoding.UTF8.GetString(page.ToArray());
        Assert.Contains(
            "<th>no-overdraft</th><td class=\"held\">held</td><td class=\"broke\">broken</td>", html,
            StringComparison.Ordinal);
        // Each chart for a wide page and for a narrow one.
        Assert.Equal(3, html.Split("viewBox=\"0 0 760 440\"").Length - 1);
        Assert.Equal(3, html.Split("viewBox=\"0 0 360 330\"").Length - 1);
        Assert.Equal(6, html.Split("<svg").Length - 1);
        // A run is named once beside its colour, above the chart and not in it.
        Assert.Equal(3, html.Split("<span class=\"k1\">other</span>").Length - 1);
        Assert.DoesNotContain(">other</text>", html, StringComparison.Ordinal);
        Assert.Contains("latency at most, ms", html, StringComparison.Ordinal);
        Assert.Contains("time of the run, s", html, StringComparison.Ordinal);
        Assert.Contains("class=\"shade\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    static WorldColumn Bank(string name, string replication)
    {
        var design = Catalogue.All.First(design => design.Name == "bank");
        var options = new DesignOptions(
            design, new() { Duration = TimeSpan.FromSeconds(9) },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["replication"] = replication });
        var request = RunRequest.Of(design, options, FaultChoice.Story, RunSpec.DefaultSeed);
        return new(name, "steelyard run bank", Run.Execute(request, new SimulatedWorld(), RunControl.None));
    }
}
