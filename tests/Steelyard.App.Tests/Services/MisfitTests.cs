namespace Steelyard.App.Tests.Services;

/// <summary>Services that do not fit in the world: one line with the line of their code, exit code 2, and
/// never a hang. Each is a process of its own: one in which something did not fit runs nothing any
/// more.</summary>
public sealed class MisfitTests
{
    [Theory]
    [InlineData("run", "threading-greeter",
        " starts a thread of its own, ", " GET /greet", ": new Thread(…) at ")]
    [InlineData("hunt", "threading-greeter", " starts a thread of its own, ")]
    [InlineData("run", "failing-greeter", "failed to start: InvalidOperationException: no tone (at ")]
    public void One_clear_line_and_exit_code_2(string command, string design, params string[] told)
    {
        using var steelyard = SteelyardProcess.WithServices();

        MustTell(steelyard, steelyard.RunAlone(command, design), told);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("hunt")]
    public void Where_the_clock_is_the_machines_who_waits_by_it_is_told(string command)
    {
        using var steelyard = SteelyardProcess.WithServices(runtime: "installed");

        MustTell(
            steelyard, steelyard.RunAlone(command, "clock-greeter"),
            "waits by the machine's clock, while it serves GET /greet: Task.Delay at ");
    }

    [Theory]
    [InlineData("run", "--duration", "2s")]
    [InlineData("hunt", "--seeds", "1..2")]
    public void On_the_copy_of_the_runtime_it_waits_by_the_worlds(string command, params string[] options)
    {
        using var steelyard = SteelyardProcess.WithServices();

        Assert.Equal(0, steelyard.RunAlone([command, "clock-greeter", .. options]).Code);
    }

    [Fact]
    public void A_runtime_that_is_neither_is_refused()
    {
        using var steelyard = SteelyardProcess.WithServices(runtime: "best");

        var outcome = steelyard.RunAlone("run", "clock-greeter");

        Assert.Equal(
            "steelyard: STEELYARD_RUNTIME: expected copy or installed, found best\n", outcome.Error);
        Assert.Equal(2, outcome.Code);
    }

    [Fact]
    public void A_host_that_blocks_the_worker_does_not_hang_a_hunt()
    {
        using var steelyard = SteelyardProcess.WithServices();

        MustTell(
            steelyard, steelyard.RunAlone("hunt", "blocking-greeter"),
            "blocks the only worker, while it serves GET /greet: Task.Wait at ");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("hunt")]
    public void A_world_in_which_everybody_waits_is_a_broken_promise(string command)
    {
        using var steelyard = SteelyardProcess.WithServices();

        var outcome = steelyard.RunAlone(command, "silent-greeter");

        Assert.Equal(1, outcome.Code);
        Assert.Equal("", outcome.Error);
        var words = outcome.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(
            "nothing moves any more while 4 operations wait: client 0 waits for greeter-1: GET /greet; "
                + "greeter-1 waits for something of its own (at ",
            string.Join(' ', words), StringComparison.Ordinal);
    }

    static void MustTell(SteelyardProcess steelyard, ProcessOutcome outcome, params string[] told)
    {
        Assert.Equal("", outcome.Output);
        Assert.StartsWith("steelyard: host greeter-", outcome.Error, StringComparison.Ordinal);
        foreach (var word in told)
            Assert.Contains(word, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(" in ServiceDesigns.cs:line ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(2, outcome.Code);
        Assert.Empty(Directory.GetFiles(steelyard.Folder, "*", SearchOption.AllDirectories));
    }
}
