using System.Text;
using Steelyard.Live.Processes;

namespace Steelyard.App.Tests.Live;

/// <summary>However a live run ends, nothing of it is left on the machine but its results.</summary>
public sealed class LeftoverTests : IDisposable
{
    // The words that start the command line are the shell's arguments. The run is left to itself until its
    // engine has been asked something, and what is left of it is given some seconds to go.
    const string Script =
        """
        mkdir tmp; export TMPDIR=$PWD/tmp
        asked="live redis --config single --duration DURATION --out out --faults FAULTS"
        env --default-signal=INT "$@" $asked > said 2>&1 & run=$!
        while kill -0 $run 2> /dev/null && ! [ -s tmp/steelyard-sy*/processes ]; do sleep 0.05; done
        basename tmp/steelyard-sy* | sed 's/steelyard-//' > name
        [ "SIGNAL" = none ] || { sleep 1; kill -SIGNAL $run; }
        wait $run; echo $? > code
        for i in $(seq 100); do ls tmp | grep -q steelyard-sy || break; sleep 0.1; done
        """;

    // Its disk is mounted and its syncs are traced when the end comes.
    const string Disks =
        """
        kind: faults
        faults:
          - { fault: disk, trouble: slow, nodes: [n1], at: 100ms, for: 25s }
          - { fault: power-cut, nodes: [n1], at: 28s, for: 1s }
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [RedisTheory]
    [InlineData("none", "1s", "0")]
    [InlineData("INT", "30s", "130")]
    [InlineData("TERM", "30s", "130")]
    [InlineData("KILL", "30s", "137")]
    public void Nothing_is_left_of_a_live_run(string signal, string duration, string code) =>
        NothingIsLeft(signal, duration, code, "none");

    [RedisTheory(WantsDisks = true)]
    [InlineData("INT", "130")]
    [InlineData("KILL", "137")]
    public void Nothing_is_left_of_the_disks_of_a_live_run(string signal, string code)
    {
        File.WriteAllText(Path.Combine(_steelyard.Folder, "disks.yaml"), Disks);
        NothingIsLeft(signal, "30s", code, "disks.yaml");
        Assert.DoesNotContain(Read("name"), Tool.Run("losetup", ["-a"]), StringComparison.Ordinal);
    }

    void NothingIsLeft(string signal, string duration, string code, string faults)
    {
        _steelyard.RunInShell(
            Script.Replace("SIGNAL", signal).Replace("DURATION", duration).Replace("FAULTS", faults),
            passesProgram: true);

        Assert.Equal(code, Read("code"));
        var name = Read("name");
        Assert.StartsWith("sy", name, StringComparison.Ordinal);
        Assert.Empty(Processes(name));
        Assert.Empty(Namespaces(name));
        Assert.DoesNotContain(name, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(
            Path.Combine(_steelyard.Folder, "tmp"), "steelyard-*"));
        // What was found until then is kept.
        Assert.Equal(
            signal != "KILL", File.Exists(Path.Combine(_steelyard.Folder, "out", "history.jsonl")));
        Assert.True(File.Exists(Path.Combine(_steelyard.Folder, "out", "engine", "n1.log")));
    }

    string Read(string file) => File.ReadAllText(Path.Combine(_steelyard.Folder, file)).Trim();

    static IEnumerable<string> Processes(string name) =>
        Directory.EnumerateDirectories("/proc").Where(process => IsOf(process, $"STEELYARD_LIVE={name}"));

    static bool IsOf(string process, string mark)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "environ")))
                .Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static IEnumerable<string> Namespaces(string name) => Directory.Exists("/run/netns")
        ? Directory.EnumerateFiles("/run/netns").Where(
            space => Path.GetFileName(space).StartsWith(name, StringComparison.Ordinal))
        : [];
}
