using System.Globalization;
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
        asked="live redis --config single --duration DURATION --out out OPTIONS"
        env --default-signal=INT "$@" $asked > said 2>&1 & run=$!
        while kill -0 $run 2> /dev/null && ! [ -s tmp/steelyard-sy*/processes ]; do sleep 0.05; done
        basename tmp/steelyard-sy* | sed 's/steelyard-//' > name
        tr '\0' '\n' < /proc/$(head -n 1 tmp/steelyard-sy*/processes | cut -d ' ' -f 1)/cmdline > engine
        [ "SIGNAL" = none ] || { until grep -q . out/history.jsonl || ! kill -0 $run; do sleep 0.1; done
            kill -SIGNAL $run; } 2> /dev/null
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
    [InlineData("none", "1s", "0", "")]
    [InlineData("INT", "30s", "130", "")]
    [InlineData("TERM", "30s", "130", "--network proxies")]
    [InlineData("KILL", "30s", "137", "")]
    [InlineData("KILL", "30s", "137", "--network proxies")]
    public void Nothing_is_left_of_a_live_run(string signal, string duration, string code, string options) =>
        NothingIsLeft(signal, duration, code, options);

    [RedisTheory(WantsDisks = true)]
    [InlineData("INT", "130")]
    [InlineData("KILL", "137")]
    public void Nothing_is_left_of_the_disks_of_a_live_run(string signal, string code)
    {
        File.WriteAllText(Path.Combine(_steelyard.Folder, "disks.yaml"), Disks);
        NothingIsLeft(signal, "30s", code, "--faults disks.yaml");
        Assert.DoesNotContain(Read("name"), Tool.Run("losetup", ["-a"]), StringComparison.Ordinal);
    }

    void NothingIsLeft(string signal, string duration, string code, string options)
    {
        _steelyard.RunInShell(
            Script.Replace("SIGNAL", signal).Replace("DURATION", duration).Replace("OPTIONS", options),
            passesProgram: true);

        Assert.Equal(code, Read("code"));
        var name = Read("name");
        Assert.StartsWith("sy", name, StringComparison.Ordinal);
        Assert.Empty(Processes(name));
        Assert.Empty(Namespaces(name));
        Assert.DoesNotContain(name, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(
            Path.Combine(_steelyard.Folder, "tmp"), "steelyard-*"));
        Assert.False(IsListenedTo(PortOf(Read("engine"))));
        // What was found until then is kept, and judged by whoever is still there.
        Assert.NotEmpty(File.ReadLines(Path.Combine(_steelyard.Folder, "out", "history.jsonl")));
        var page = Path.Combine(_steelyard.Folder, "out", "report.html");
        Assert.Equal(signal != "KILL", File.Exists(page));
        Assert.Equal(signal is "INT" or "TERM", Read("said").Contains("PARTIAL", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_steelyard.Folder, "out", "engine", "n1.log")));
    }

    [RedisTheory]
    [InlineData("echo the port is taken; exit 1", "its process ended with 1: the port is taken", 4)]
    [InlineData("exec sleep 60", "interrupted before anything was run", 130)]
    public void Nothing_is_left_of_an_engine_that_does_not_get_ready(string start, string told, int code)
    {
        _steelyard.RunInShell(
            $$"""
            mkdir tmp own; export TMPDIR=$PWD/tmp
            printf '#!/bin/sh\n[ "$1" = --version ] && exec echo v=7.0.1\n{{start}}\n' > own/redis-server
            chmod +x own/redis-server
            env --default-signal=INT "$@" live redis --config single --engine-path own --out out > said 2>&1 &
            run=$!
            while kill -0 $run 2> /dev/null && ! [ -s tmp/steelyard-sy*/processes ]; do sleep 0.05; done
            basename tmp/steelyard-sy* | sed 's/steelyard-//' > name
            sleep 0.3; [ {{code}} = 130 ] && kill -INT $run
            wait $run; echo $? > code
            """,
            passesProgram: true);

        Assert.Equal($"{code}", Read("code"));
        Assert.Contains(told, Assert.Single(Read("said").Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_steelyard.Folder, "tmp")));
        // Of a run that failed before it could be looked at there is no name.
        if (Read("name") is ['s', 'y', ..] name)
        {
            Assert.Empty(Processes(name));
            Assert.Empty(Namespaces(name));
        }
    }

    [RootFact]
    public void A_disk_that_is_full_at_the_start_is_told_in_one_line_and_nothing_is_left()
    {
        _steelyard.RunInShell(
            """
            mkdir tmp; export TMPDIR=$PWD/tmp
            mount -t tmpfs -o size=64k tmpfs tmp
            head -c 60k /dev/zero > tmp/fills
            "$@" live redis --config single --out out > said 2>&1; echo $? > code
            ls tmp > left; umount tmp
            """,
            passesProgram: true);

        Assert.Equal("4", Read("code"));
        Assert.Contains(
            "No space left on device", Assert.Single(Read("said").Split('\n')), StringComparison.Ordinal);
        Assert.Equal("fills", Read("left"));
    }

    string Read(string file) => File.ReadAllText(Path.Combine(_steelyard.Folder, file)).Trim();

    // Redis calls itself by its address as soon as it has one.
    static string PortOf(string words) => words[(words.IndexOfAny([':', '\n'], LastBefore(words)) + 1)..]
        .Split('\n')[0];

    static int LastBefore(string words) =>
        Math.Max(0, words.IndexOf("--port", StringComparison.Ordinal));

    // Of all network namespaces that are left: ours.
    static bool IsListenedTo(string port)
    {
        var written = int.Parse(port, CultureInfo.InvariantCulture)
            .ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp").Any(line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, "0A", ..]
            && local.EndsWith($":{written}", StringComparison.Ordinal));
    }

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
