using System.Xml.Linq;

namespace Steelyard.App.Tests.Commands;

public sealed class PipelineCommandTests : IDisposable
{
    const string Stale = "0 invoke write 1\n0 ok write 1\n1 invoke read\n1 ok read nil\n";

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void A_measurement_that_is_not_as_expected_fails_the_run_and_stands_in_every_file()
    {
        var run = _steelyard.Run(
            "run", "bank", "--duration", "5s", "--faults", "none", "--expect", "p99 < 1us", "--expect",
            "availability >= 50%", "--junit", "junit.xml", "--sarif", "found.sarif",
            "--summary", "summary.md", "--quiet", "--out", "bank");

        Assert.Equal(1, run.Code);
        Assert.Matches(@"^bank, seed 0x1: INVALID latency-p99: [\d.]+ ms, not below 0\.001 ms", run.Output);
        Assert.DoesNotContain("availability", run.Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains(
            "--expect 'latency-p99 < 1us' --expect 'availability >= 50%'", run.Output,
            StringComparison.Ordinal);
        var failed = Assert.Single(XDocument.Parse(Read("junit.xml")).Descendants("failure"));
        Assert.Equal("latency-p99", failed.Attribute("type")!.Value);
        Assert.Contains("\"ruleId\": \"latency-p99\"", Read("found.sarif"), StringComparison.Ordinal);
        Assert.Contains("| ❌ | latency-p99 |", Read("summary.md"), StringComparison.Ordinal);
        Assert.Equal(1, _steelyard.Run("run", "bank/scenario.yaml", "--out", "again", "--quiet").Code);
    }

    [Fact]
    public void What_holds_leaves_a_quiet_command_silent()
    {
        var run = _steelyard.Run(
            "run", "bank", "--duration", "5s", "--faults", "none", "--expect", "p99 < 10s", "--quiet");

        Assert.Equal((0, ""), (run.Code, run.Output));
    }

    [Fact]
    public void A_hunt_counts_seeds_from_a_start_that_it_tells()
    {
        var hunt = _steelyard.Run("hunt", "bank", "--duration", "2s", "--seeds", "3", "--junit", "junit.xml");

        Assert.Equal(0, hunt.Code);
        Assert.Matches(@"^bank: 3 of 3 seeds tried \(\d+\.\.\d+\)", hunt.Output);
        Assert.Equal(3, XDocument.Parse(Read("junit.xml")).Descendants("testcase").Count());
    }

    [Fact]
    public void A_hunt_for_a_time_ends_by_itself()
    {
        var hunt = _steelyard.Run("hunt", "bank", "--duration", "2s", "--for", "300ms");

        Assert.Equal(0, hunt.Code);
        Assert.Matches(@"^bank: \d+ seeds tried \(\d+\.\.\d+\)", hunt.Output);
    }

    [Fact]
    public void Recorded_histories_are_suites_of_their_own_and_the_summary_is_added_to()
    {
        _steelyard.Write("a.txt", Stale);
        _steelyard.Write("b.txt", "0 invoke write 1\n0 ok write 1\n");
        _steelyard.Write("summary.md", "# before\n");

        var run = _steelyard.Run(
            "check", "a.txt", "b.txt", "--model", "register", "--junit", "junit.xml", "--summary",
            "summary.md", "--quiet");

        Assert.Equal(1, run.Code);
        Assert.StartsWith("a.txt, register: INVALID ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["a.txt, register", "b.txt, register"],
            XDocument.Parse(Read("junit.xml")).Descendants("testsuite").Select(
                suite => suite.Attribute("name")!.Value));
        Assert.StartsWith("# before\n### ❌ a.txt, register\n", Read("summary.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run bank --expect p99", "--expect: expected a measurement, a comparison")]
    [InlineData("hunt bank --for soon", "--for: expected a time")]
    [InlineData("hunt bank --seeds 0", "--seeds: expected a range such as 1..1000, or how many, found \"0\"")]
    [InlineData("run bank --against clients=3 --junit x.xml", "--junit: expected one run, found --against")]
    public void A_mistake_is_one_line(string words, string told)
    {
        var run = _steelyard.Run(words.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    string Read(string file) => File.ReadAllText(Path.Combine(_steelyard.Folder, file));
}
