using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>A hunt tells what it found, whatever happens to it.</summary>
public sealed class HuntCommandTests : IDisposable
{
    readonly SteelyardProcess _steelyard = SteelyardProcess.WithServices();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void A_seed_that_throws_is_told_with_the_command_that_repeats_it_and_ends_the_hunt()
    {
        var hunt = _steelyard.Run("hunt", "brittle", "--seeds", "1..40");

        Assert.Equal(70, hunt.Code);
        Assert.Contains(", 1 that threw.", hunt.Output, StringComparison.Ordinal);
        Assert.Contains("FormatException: brittle as it is", hunt.Output, StringComparison.Ordinal);
        Assert.Contains("a bug of Steelyard's", hunt.Error, StringComparison.Ordinal);
        Assert.Single(hunt.Error.TrimEnd('\n').Split('\n'));
        var at = hunt.Output.IndexOf("repeat: ", StringComparison.Ordinal);
        var repeat = hunt.Output[at..].Trim().Split(' ');
        Assert.Equal(["repeat:", "steelyard", "run", "brittle"], repeat[..4]);
        Assert.Equal(70, _steelyard.Run(repeat[2..]).Code);
    }

    [Fact]
    public void A_hunt_that_keeps_going_tries_the_seeds_behind_one_that_throws()
    {
        var hunt = _steelyard.Run("hunt", "brittle", "--seeds", "1..40", "--keep-going", "--json");

        using var json = JsonDocument.Parse(hunt.Output);
        var answer = json.RootElement;
        Assert.Equal(70, hunt.Code);
        Assert.Equal(40, answer.GetProperty("tried").GetInt32());
        Assert.InRange(answer.GetProperty("failed").GetInt32(), 5, 25);
        Assert.Equal("Unknown", answer.GetProperty("validity").GetString());
        Assert.Equal(0, answer.GetProperty("invalid").GetInt32());
    }

    [Fact]
    public void A_hunt_with_processes_of_its_own_does_the_same()
    {
        var hunt = _steelyard.Run("hunt", "brittle", "--seeds", "1..12", "--keep-going", "--isolate");

        Assert.Equal(70, hunt.Code);
        Assert.Contains("12 of 12 seeds tried", hunt.Output, StringComparison.Ordinal);
        Assert.Contains("brittle as it is", hunt.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SteelyardProcess.Sigint)]
    [InlineData(SteelyardProcess.Sighup)]
    [InlineData(SteelyardProcess.Sigterm, SteelyardProcess.Sigterm)]
    public void Whatever_signal_comes_the_count_is_printed(params int[] signals)
    {
        if (OperatingSystem.IsWindows())
            return;

        var hunt = _steelyard.RunAndSignal(
            Built(8), signals, "hunt", "noted-greeter", "--seeds", "1..1000000", "--keep-going");

        Assert.Equal(130, hunt.Code);
        Assert.Contains("greeter: ", hunt.Output, StringComparison.Ordinal);
        Assert.Contains(" of 1,000,000 seeds tried", hunt.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Every promise held.", hunt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hunt_that_timeout_ends_prints_its_count_and_leaves_no_process_behind()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // Workers hold the pipe of the error output: the shell's pipeline ends when they have.
        var hunt = _steelyard.RunInShell(
            "timeout 5 \"$@\" hunt greeter --seeds 1..1000000 --keep-going --workers 1 2>&1 | cat",
            passesProgram: true);

        Assert.Contains(" of 1,000,000 seeds tried", hunt.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hunt_that_judged_nothing_says_so()
    {
        if (OperatingSystem.IsWindows())
            return;

        // One seed of it takes longer than this is given.
        var hunt = _steelyard.RunAndSignal(
            Built(3), [SteelyardProcess.Sigterm],
            "hunt", "noted-greeter", "--duration", "8000h", "--seeds", "1..5");

        Assert.Equal(130, hunt.Code);
        Assert.Contains("Nothing was judged.", hunt.Output, StringComparison.Ordinal);
    }

    // Once before the hunt begins and once for its worlds, then once for each seed.
    Func<bool> Built(int times) => () => File.Exists(Path.Combine(_steelyard.Folder, $"built-{times}"));
}
