using System.Diagnostics;

namespace Steelyard.PrivateRuntime.Tests;

/// <summary>Two processes at once make a copy, in a folder in which another one was killed.</summary>
public sealed class RuntimeCopyFixture : IDisposable
{
    public RuntimeCopyFixture()
    {
        Cache = Directory.CreateTempSubdirectory("steelyard-copies-").FullName;
        Old = Directory.CreateDirectory(Path.Combine(Cache, "old.making")).FullName;
        Directory.SetCreationTimeUtc(Old, DateTime.UtcNow - TimeSpan.FromDays(1));
        Directory.SetLastWriteTimeUtc(Old, DateTime.UtcNow - TimeSpan.FromDays(1));
        UnderWay = Directory.CreateDirectory(Path.Combine(Cache, "new.making")).FullName;
        Copies = new RuntimeCopy[2];
        Parallel.For(0, Copies.Length, index =>
            Copies[index] = RuntimeCopy.Of(InstalledRuntime.OfThisProcess(), Cache));
    }

    public string Cache { get; }

    public string Old { get; }

    public string UnderWay { get; }

    public RuntimeCopy[] Copies { get; }

    public void Dispose() => Directory.Delete(Cache, recursive: true);
}

public sealed class RuntimeCopyTests(RuntimeCopyFixture made) : IClassFixture<RuntimeCopyFixture>
{
    [Fact]
    public void Two_that_ask_at_once_get_one_copy() => Assert.Equal(
        [made.Copies[0].Folder, made.UnderWay],
        Directory.GetDirectories(made.Cache).Order(StringComparer.Ordinal));

    [Fact]
    public void Both_are_told_of_the_same_one() => Assert.Equal(made.Copies[0], made.Copies[1]);

    [Fact]
    public void What_one_that_was_killed_left_is_removed() => Assert.False(Directory.Exists(made.Old));

    [Fact]
    public void A_copy_that_is_there_is_not_made_again()
    {
        var copy = RuntimeCopy.Of(
            InstalledRuntime.OfThisProcess(), made.Cache, (_, _) => Assert.Fail("it was made again"));

        Assert.Equal(made.Copies[0], copy);
    }

    [Fact]
    public void All_that_has_a_hook_asks_it()
    {
        var said = Say(made.Copies[0].Program, Answers.Hooked);

        Assert.Contains("on a copy: True", said);
        Assert.Contains("ms: 77 77", said);
        Assert.Contains("timestamp: 5 5", said);
        Assert.Contains("elapsed: 0", said);
        Assert.Contains("now: 2030-01-01T00:00:00.0000000Z 2030-01-01T00:00:00.0000000+00:00 "
            + "2030-01-01T00:00:00.0000000+00:00", said);
        Assert.Contains("guid: 09090909-0909-4909-8909-090909090909", said);
        Assert.Contains(
            said, line => line.StartsWith("random: 75793540 75793540 ", StringComparison.Ordinal));
        Assert.Contains("a random that was there: 75793540 090909", said);
        Assert.Contains(said, line => line.StartsWith("crypto: 09090909 ", StringComparison.Ordinal));
        Assert.Contains(
            "timers: 500/4294967295 600/50 700/4294967295 3600000/4294967295 False True", said);
    }

    [Fact]
    public void Hooks_decide_all_of_a_process() => Assert.Equal(
        Say(made.Copies[0].Program, Answers.Hooked), Say(made.Copies[0].Program, Answers.Hooked));

    [Fact]
    public void Without_hooks_only_the_hashes_are_the_same_in_every_process()
    {
        var (first, second) =
            (Say(made.Copies[0].Program, Answers.Bare), Say(made.Copies[0].Program, Answers.Bare));

        Assert.Equal(Of("hashes", first), Of("hashes", second));
        Assert.NotEqual(Of("guid", first), Of("guid", second));
        Assert.NotEqual(Of("random", first), Of("random", second));
        Assert.NotEqual(Of("crypto", first), Of("crypto", second));
        Assert.NotEqual(Of("timestamp", first), Of("timestamp", second));
    }

    [Fact]
    public void The_installed_runtime_has_no_hooks()
    {
        var said = Say(InstalledRuntime.OfThisProcess().Program, Answers.Bare);

        Assert.Contains("on a copy: False", said);
        Assert.NotEqual(Of("hashes", said), Of("hashes", Say("dotnet", Answers.Bare)));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told()
    {
        var file = Path.Combine(made.Cache, "file");
        File.WriteAllText(file, "");

        var told = Assert.Throws<RuntimeCopyException>(
            () => RuntimeCopy.Of(InstalledRuntime.OfThisProcess(), Path.Combine(file, "cache"))).Message;

        Assert.StartsWith(
            "expected to make a private copy of the runtime in ", told, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void A_library_that_is_made_otherwise_is_told()
    {
        var told = Assert.Throws<RuntimeCopyException>(() => CoreLibraryHooks.Write(
            typeof(RuntimeCopyTests).Assembly.Location, Path.Combine(made.Cache, "other.dll"))).Message;

        Assert.Equal(
            "Steelyard.PrivateRuntime.Tests.dll: expected System.Environment.get_TickCount64(), found none",
            told);
    }

    static string Of(string what, IReadOnlyList<string> said) =>
        said.Single(line => line.StartsWith($"{what}: ", StringComparison.Ordinal));

    static IReadOnlyList<string> Say(string program, string word)
    {
        var assembly = typeof(Answers).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo(program, ["exec", assembly, word])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
