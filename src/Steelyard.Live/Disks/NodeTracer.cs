using System.Globalization;
using Steelyard.Live.Engines;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Disks;

/// <summary>
/// Comes between a node and the kernel, by strace, in all of its processes and threads and in those that
/// they start: so it works on any program. It slows down all calls of theirs a little.
/// </summary>
internal sealed class NodeTracer
{
    const string Syncs = "fsync,fdatasync,msync,sync_file_range,syncfs,sync";
    const string Writes = "write,pwrite64,writev,pwritev,pwritev2,open,openat,creat,fallocate,ftruncate,"
        + "mkdir,mkdirat,rename,renameat,renameat2,link,linkat,copy_file_range,sendfile,fsync,fdatasync";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    static readonly Lazy<string?> s_whyNot = new(Probe);

    readonly ProcessYard _yard;
    readonly EngineNode _node;
    readonly List<Wish> _wishes = [];
    (RunningProcess Process, string Told)? _strace;
    int _count;

    NodeTracer(ProcessYard yard, EngineNode node)
    {
        (_yard, _node) = (yard, node);
        node.Started += (_, _) => Begin([]);
    }

    // What is wanted: of which calls, what is to happen to them, and how strace tells that it has.
    sealed record Wish(string Calls, string? Injection, string Sign, EffectMark Effect);

    /// <summary>Why it cannot be done on this machine; null where it can.</summary>
    public static string? WhyNot() => s_whyNot.Value;

    /// <summary>Lets each sync take longer.</summary>
    /// <returns>What ends it.</returns>
    public static Action DelaySyncs(ProcessYard yard, EngineNode node, TimeSpan by, EffectMark effect) =>
        Begin(yard, node, new(Syncs, $"delay_enter={(long)by.TotalMicroseconds}us", "(DELAYED)", effect));

    /// <summary>Lets each sync fail: it is not done, and an error of the disk (EIO) is said.</summary>
    /// <returns>What ends it.</returns>
    public static Action FailSyncs(ProcessYard yard, EngineNode node, EffectMark effect) =>
        Begin(yard, node, new(Syncs, "error=EIO", "(INJECTED)", effect));

    /// <summary>Looks whether anything is refused for want of room on a disk.</summary>
    /// <returns>What ends it.</returns>
    public static Action WatchForRoom(ProcessYard yard, EngineNode node, EffectMark effect) =>
        Begin(yard, node, new(Writes, Injection: null, "ENOSPC", effect));

    // A process has one tracer at most, so that all that is wanted of a node at a time is one strace's.
    static Action Begin(ProcessYard yard, EngineNode node, Wish wish)
    {
        var tracer = node.Tracer ??= new(yard, node);
        tracer.Begin([wish]);
        return () => tracer.End(wish);
    }

    void Begin(IReadOnlyList<Wish> wishes)
    {
        lock (_wishes)
        {
            Detach();
            _wishes.AddRange(wishes);
            Attach();
        }
    }

    void End(Wish wish)
    {
        lock (_wishes)
        {
            Detach();
            _wishes.Remove(wish);
            Attach();
        }
    }

    void Detach()
    {
        if (_strace is not { } strace)
            return;
        _strace = null;
        strace.Process.Stop();
        var lines = File.Exists(strace.Told) ? File.ReadAllLines(strace.Told) : [];
        foreach (var wish in _wishes)
            if (lines.Any(line => line.Contains(wish.Sign, StringComparison.Ordinal)))
                wish.Effect.Set();
    }

    // To all there are; strace follows what they start.
    void Attach()
    {
        IReadOnlyList<int> processes = [.. _node.Processes];
        if (_wishes.Count == 0 || processes.Count == 0)
            return;
        var told = Path.Combine(_yard.Folder, $"{_node.Name}.calls-{++_count}");
        var log = $"{told}.log";
        var strace = _yard.Start(
            new(
                Strace!,
                ["-f", "-q", "-o", told, "-e", "signal=none", .. Words(), .. processes.SelectMany(Whom)]),
            log, []);
        _strace = (strace, told);
        SpinWait.SpinUntil(() => !strace.IsRunning || processes.All(IsTraced), s_patience);
        if (!strace.IsRunning && _node.IsRunning)
            throw new LiveException(
                $"expected strace to attach to {_node.Name}, found: {File.ReadAllText(log).Trim()}");
    }

    IEnumerable<string> Words()
    {
        yield return "-e";
        yield return "trace=" + string.Join(',', _wishes.Select(wish => wish.Calls).Distinct());
        var injections = string.Join(
            ':', _wishes.Select(wish => wish.Injection).OfType<string>().Distinct(StringComparer.Ordinal));
        if (injections.Length == 0)
            yield break;
        yield return "-e";
        yield return $"inject={Syncs}:{injections}";
    }

    static string[] Whom(int process) =>
        ["-p", process.ToString(CultureInfo.InvariantCulture)];

    // Gone is as good.
    static bool IsTraced(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/status")
                .Contains("TracerPid:\t0\n", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    static string? Strace => Tool.Find("strace");

    static string? Probe()
    {
        if (Strace is not { } strace)
            return "strace is missing (package strace)";
        const string Scope = "/proc/sys/kernel/yama/ptrace_scope";
        if (!Environment.IsPrivilegedProcess && File.Exists(Scope) && File.ReadAllText(Scope).Trim() != "0")
            return $"only root may trace what runs already ({Scope} is not 0)";
        try
        {
            Tool.Run(strace, ["-qq", "-o", "/dev/null", "true"]);
            return null;
        }
        catch (LiveException failure)
        {
            return $"strace cannot trace here ({failure.Message})";
        }
    }
}
