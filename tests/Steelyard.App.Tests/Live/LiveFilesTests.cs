namespace Steelyard.App.Tests.Live;

/// <summary>Scenario files of engines.</summary>
public sealed class LiveFilesTests : IDisposable
{
    const string Redis =
        """
        kind: scenario
        design: live redis
        options: { config: single, workload: NONE }
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    // What they say is looked at, so they are read as scenarios of that engine.
    [Theory]
    [InlineData("live")]
    [InlineData("run")]
    [InlineData("hunt")]
    [InlineData("sweep")]
    public void A_scenario_of_an_engine_is_read(string command)
    {
        _steelyard.Write("mine.yaml", Redis);

        var outcome = _steelyard.Run(command, "mine.yaml");

        Assert.Equal(2, outcome.Code);
        Assert.StartsWith(
            "steelyard: mine.yaml:3:38: --workload: expected one of", outcome.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_of_a_simulation_is_refused_with_the_command_that_runs_it()
    {
        _steelyard.Write("bank.yaml", "kind: scenario\ndesign: bank\n");

        var outcome = _steelyard.Run("live", "bank.yaml");

        Assert.Equal(2, outcome.Code);
        Assert.Equal(
            "steelyard: bank.yaml: expected a scenario of an engine (design: live redis), found design: bank;"
                + " steelyard run bank.yaml runs it\n",
            outcome.Error);
    }

    [Fact]
    public void A_word_that_is_neither_an_engine_nor_a_file_is_told_which_there_are()
    {
        var outcome = _steelyard.Run("live", "rediss");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("found \"rediss\"; did you mean \"redis\"?", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live", "redis", "--help")]
    [InlineData("hunt", "live", "redis", "--help")]
    [InlineData("list", "faults")]
    public void Faults_of_engines_stand_where_faults_are_told(params string[] words)
    {
        var told = _steelyard.Run(words).Output;

        Assert.Contains("rolling-restart", told, StringComparison.Ordinal);
        Assert.Contains("failover", told, StringComparison.Ordinal);
    }
}
