namespace Steelyard.App.Tests;

/// <summary>A scenario of services in a user's test project: named after <c>--app</c>, it gets what named
/// designs get.</summary>
public sealed class AppScenarioTests : IDisposable
{
    static readonly string App = typeof(Greetings).Assembly.Location;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void It_runs_with_table_page_and_folder_and_is_replayed_by_its_name()
    {
        var run = _steelyard.Run("run", "--app", App, "--scenario", "Greetings", "--seed", "7");
        var replay = _steelyard.Run("replay", "--app", App, "--scenario", "Greetings", "--seed", "7");

        Assert.True(run.Code == 0, run.Output + run.Error);
        var folder = Path.Combine("runs", $"{typeof(Greetings).FullName}-0x7");
        Assert.Contains($"Report   {folder}/report.html", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"run --app {App} --scenario {typeof(Greetings).FullName} --seed 0x7", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("Latency, ms", run.Output, StringComparison.Ordinal);
        Assert.True(replay.Code == 0, replay.Output + replay.Error);
        Assert.StartsWith("The same: ", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hunt_finds_the_first_seed_that_breaks_it_and_the_line_it_prints_repeats_it()
    {
        var hunt = _steelyard.Run("hunt", $"--app={App}", "--scenario=RudeGreetings", "--seeds", "3..5");
        var line = hunt.Output.Split('\n')
            .Single(one => one.StartsWith("  repeat: ", StringComparison.Ordinal))["  repeat: ".Length..];
        var again = _steelyard.Run(line.Split(' ').SkipWhile(word => word != "run").ToArray());

        Assert.Equal(1, hunt.Code);
        Assert.Contains("seed 0x3: polite: it said hello", hunt.Output, StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        Assert.Contains("INVALID polite", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_listed_with_what_they_are_made_of()
    {
        var listed = _steelyard.Run("list", "--app", App);
        var json = _steelyard.Run("list", "--app", App, "--json");

        Assert.Equal(0, listed.Code);
        Assert.Contains(
            $"""
              {typeof(Greetings).FullName}
                hosts     greeter
                load      1 clients, 10 requests a second for 2s
                faults    pause
                promises  polite

            """.ReplaceLineEndings("\n"), listed.Output, StringComparison.Ordinal);
        Assert.Contains(
            string.Format(null, "  {0}\n    fails     {0}: expected at least one AddHost, found none\n",
                typeof(HostlessGreetings).FullName),
            listed.Output, StringComparison.Ordinal);
        Assert.Contains($"\"{typeof(RudeGreetings).FullName}\"", json.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"chat\"", json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run --app APP --scenario Greetins", "found \"Greetins\"; did you mean \"Greetings\"?")]
    [InlineData("run --app APP", "--scenario: expected one of APP (Steelyard.App.Tests.")]
    [InlineData("run --app APP --scenario HostlessGreetings", "expected at least one AddHost, found none")]
    [InlineData("hunt --app absent.dll", "expected an assembly, found no file absent.dll")]
    [InlineData("hunt --app", "--app: expected <X.dll>, found nothing")]
    [InlineData("run --scenario Greetings", "--scenario: expected --app <X.dll> with it, found none")]
    [InlineData("replay --app APP --scenario Greetings", "found no folder runs/")]
    [InlineData("replay a --app APP --scenario Greetings", "the folder of a run or --app, found both")]
    [InlineData("replay", "expected <run folder> or --app <X.dll>, found nothing")]
    [InlineData("list designs --app APP", "expected --app or \"designs\", found both")]
    [InlineData("list --app SHARED", "expected a public class that implements IServicesScenario, found none")]
    public void What_is_wrong_with_the_words_is_one_line_and_exit_code_2(string line, string said)
    {
        var shared = typeof(FactAttribute).Assembly.Location;
        string Put(string text) => text.Replace("APP", App, StringComparison.Ordinal)
            .Replace("SHARED", shared, StringComparison.Ordinal);

        var outcome = _steelyard.Run(line.Split(' ').Select(Put).ToArray());

        Assert.Equal(2, outcome.Code);
        Assert.Contains(Put(said), outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
    }
}
