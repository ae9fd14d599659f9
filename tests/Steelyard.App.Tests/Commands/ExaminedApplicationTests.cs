namespace Steelyard.App.Tests.Commands;

/// <summary><c>doctor --app</c>, of these tests.</summary>
public sealed class ExaminedApplicationTests
{
    // Of the host that waits by the machine's clock.
    const string Delay = "clock       Task.Delay in Steelyard.App.Tests.Services.ServiceDesigns.";

    static readonly string s_tests = typeof(ExaminedApplicationTests).Assembly.Location;

    [Fact]
    public void On_the_copy_of_the_runtime_clocks_are_counted_and_threads_are_listed()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var outcome = steelyard.Run("doctor", "--app", s_tests);

        Assert.DoesNotContain(Delay, outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" of clock, ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(": answered by the world\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("  thread      new Thread(…) in ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(", if it gets there: ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Code);
    }

    [Fact]
    public void On_the_installed_runtime_clocks_are_listed()
    {
        using var steelyard = SteelyardProcess.WithServices(runtime: "installed");

        var outcome = steelyard.RunAlone("doctor", "--app", s_tests);

        Assert.Contains(Delay, outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("answered by the world", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Code);
    }
}
