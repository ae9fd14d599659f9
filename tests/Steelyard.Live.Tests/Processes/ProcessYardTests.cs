using Steelyard.Live.Processes;

namespace Steelyard.Live.Tests.Processes;

public sealed class ProcessYardTests
{
    static readonly string[] s_family = ["-c", "sleep 1000 & sh -c 'sleep 1000 & wait' & wait"];

    [Fact]
    public void All_that_a_process_has_started_is_killed_with_it()
    {
        using var yard = ProcessYard.Open();
        var parent = yard.Start(new("sh", s_family), Path.Combine(yard.Folder, "log"), []);
        var family = Family(parent, 4);

        Assert.True(parent.Kill());

        Assert.All(family, process => Assert.Empty(ProcessTree.Of(process)));
        Assert.False(parent.Kill());
    }

    [Fact]
    public void A_paused_process_stands_still_with_all_that_it_has_started()
    {
        using var yard = ProcessYard.Open();
        var parent = yard.Start(new("sh", s_family), Path.Combine(yard.Folder, "log"), []);
        var family = Family(parent, 4);

        Assert.True(parent.Pause());
        Assert.All(family, process => Assert.Equal("T", StateOnceStopped(process)));

        parent.Resume();
        Assert.All(family, process => Assert.NotEqual("T", StateOf(process)));
    }

    [Fact]
    public void Nothing_is_left_of_a_yard_that_is_put_away()
    {
        var yard = ProcessYard.Open();
        var detached = yard.Start(
            new("sh", "-c", "setsid sleep 1000 & sleep 1000"), Path.Combine(yard.Folder, "log"), []);
        var family = Family(detached, 3);

        yard.Dispose();

        Assert.All(family, process => Assert.Empty(ProcessTree.Of(process)));
        Assert.False(Directory.Exists(yard.Folder));
    }

    // Processes come up one after the other.
    static IReadOnlyList<int> Family(RunningProcess parent, int size)
    {
        SpinWait.SpinUntil(() => ProcessTree.Of(parent.Id).Count >= size, TimeSpan.FromSeconds(10));
        var family = ProcessTree.Of(parent.Id);
        Assert.Equal(size, family.Count);
        return family;
    }

    // A process stops when the kernel next gives it its turn.
    static string StateOnceStopped(int process)
    {
        SpinWait.SpinUntil(() => StateOf(process) == "T", TimeSpan.FromSeconds(5));
        return StateOf(process);
    }

    static string StateOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[0];
    }
}
