using System.Text.Json;
using System.Text.RegularExpressions;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Sweeps;

namespace Steelyard.Tests.Sweeps;

public sealed class SweepFilesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_of_the_table_has_what_is_varied_each_figure_with_its_interval_and_the_way_back()
    {
        var lines = SweepCsv.Of(Swept.Result("rate=1,2", [(1, 5), (3, 5)], [(2, 5)])).Split('\n');

        Assert.Equal(
            "point,rate,x (ms),x low,x high,y (ms),y low,y high,standing,rival,seeds,validity,invalid,"
            + "precise,unstable,repeat", lines[0]);
        Assert.StartsWith("1,1,2,0,14.7062", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(
            ",5,5,5,frontier,,2,Valid,0,true,false,steelyard run tiny --rate 1 --seed 0x1", lines[1],
            StringComparison.Ordinal);
        // One seed has no interval.
        Assert.StartsWith("2,2,2,,,5,,,dominated,rate=1,1,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void For_machines_there_is_all_of_it()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            SweepJson.Write(
                json, Swept.Result("rate=1,2", [(1, 5), (3, 5)], [(2, 6), (4, 6)]),
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["rate=1"] = "points/1/report.html",
                });
        var root = JsonDocument.Parse(bytes.ToArray()).RootElement;

        var first = root.GetProperty("points")[0];
        Assert.Equal("less", root.GetProperty("objectives")[0].GetProperty("better").GetString());
        Assert.Equal("1", first.GetProperty("values").GetProperty("rate").GetString());
        Assert.Equal("frontier", first.GetProperty("standing").GetString());
        Assert.Equal(
            [1.0, 3], first.GetProperty("figures").GetProperty("x").GetProperty("runs").EnumerateArray()
                .Select(figure => figure.GetDouble()));
        Assert.Equal("points/1/report.html", first.GetProperty("report").GetString());
        Assert.Equal("rate=1", root.GetProperty("points")[1].GetProperty("rival").GetString());
    }

    [Fact]
    public void The_page_refers_to_nothing_outside_itself_and_holds_wicked_text_as_data()
    {
        var result = Swept.Result("flavour=plain,salted", [(1, 5)], [(2, 6)]);
        var page = Page(result with { Refused = [new("a", "</script><script>alert(1)</script>")] });

        Assert.DoesNotMatch(new Regex(
            """(?:src|href)\s*=\s*["']?(?:https?:)?//""", RegexOptions.None, TimeSpan.FromSeconds(10)), page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("<b>flavour=plain</b> on the frontier", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_are_not_dominated_open_a_run_that_is_the_same_as_alone()
    {
        var request = Swept.Request("forgetful=false,true rate=20,60", "throughput:max");
        var folder = SweepFolder.Make(_folder.File("a"), request);
        var result = Swept.Execute(request, folder.Path);

        var reports = PointReports.Write(folder, result, ReportedPoints.Frontier);
        folder.Write(result, reports, []);

        Assert.Equal(
            result.Points.Where(point => point.Standing is PointStanding.Frontier
                or PointStanding.MayBeDominated || point.Validity == Histories.Validity.Invalid)
                .Select(point => point.Point.Name),
            reports.Keys.Order(StringComparer.Ordinal));
        Assert.All(reports.Values, place => Assert.True(File.Exists(Path.Combine(folder.Path, place))));
        var broken = result.Points.First(point => point.Validity == Histories.Validity.Invalid);
        var alone = Run.Execute(
            broken.Point.Run.With(broken.First(Histories.Validity.Invalid)!.Seed), new SimulatedWorld(),
            new());
        var kept = File.ReadAllText(Path.Combine(
            folder.Path, Path.GetDirectoryName(reports[broken.Point.Name])!, "result.json"));
        Assert.Contains(ResultJson.Hash(alone.World.History.Hash), kept, StringComparison.Ordinal);
        Assert.Empty(PointReports.Write(folder, result, ReportedPoints.None));
        Assert.Equal(4, PointReports.Write(folder, result, ReportedPoints.All).Count);
    }

    [Fact]
    public void The_command_that_repeats_it_has_all_that_was_asked()
    {
        var result = Swept.Result("rate=1..2 flavour=plain,salted");

        Assert.Equal(
            "steelyard sweep tiny --vary rate=1..2 --vary flavour=plain,salted --objective x:min"
            + " --objective y:min --seeds 1..3",
            SweepCommand.Of(result));
        Assert.EndsWith(
            "--precision 2.5% --most-seeds 9",
            SweepCommand.Of(result with
            {
                Request = result.Request with { Seeds = SeedPlan.Until(new(0.025, 5, 9)) },
            }),
            StringComparison.Ordinal);
    }

    internal static string Page(SweepResult result)
    {
        using var stream = new MemoryStream();
        var reports = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [result.Points[0].Point.Name] = "points/1/report.html",
        };
        SweepPage.Write(
            stream, SweepReport.Of(result, reports, [new RepeatCommand("again", SweepCommand.Of(result))]));
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
