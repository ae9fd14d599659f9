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
    const string Writes = "write,pwrite64,writev,pwritev,pwritev2,open,openat,creat,fallocate,ftruncate,mkdir,"
        + "mkdirat,rename,renameat,renameat2,link,linkat,copy_file_range,sendfile,fsync,fdatasync";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    static readonly Lazy<string?> s_whyNot = new(Probe);

    readonly ProcessYard _yard;
    readonly EngineNode _node;
    readonly IReadOnlyList<string> _how;
    readonly string _sign;
    readonly string _told;
    readonly List<(RunningProcess Tracer, string Told)> _tracers = [];
    bool _isOver;

    NodeTracer(ProcessYard yard, EngineNode node, IReadOnlyList<string> how, string sign)
    {
        (_yard, _node, _how, _sign) = (yard, node, how, sign);
        _told = Path.Combine(yard.Folder, $"{node.Name}.calls-{Guid.NewGuid():N}");
    }

    /// <summary>Why it cannot be done on this machine; null where it can.</summary>
    public static string? WhyNot() => s_whyNot.Value;

    /// <summary>Lets each sync take longer.</summary>
    /// <returns>What ends it.</returns>
    public static Action DelaySyncs(ProcessYard yard, EngineNode node, TimeSpan by, EffectMark effect) =>
        Begin(
            yard, node, [$"trace={Syncs}", $"inject={Syncs}:delay_enter={(long)by.TotalMicroseconds}us"],
            "(DELAYED)", effect);

    /// <summary>Lets each sync fail: it is not done, and an error of the disk (EIO) is said.</summary>
    /// <returns>What ends it.</returns>
    public static Action FailSyncs(ProcessYard yard, EngineNode node, EffectMark effect) =>
        Begin(yard, node, [$"trace={Syncs}", $"inject={Syncs}:error=EIO"], "(INJECTED)", effect);

    /// <summary>Looks whether anything is refused for want of room on a disk.</summary>
    /// <returns>What ends it.</returns>
    public static Action WatchForRoom(ProcessYard yard, EngineNode node, EffectMark effect) =>
        Begin(yard, node, [$"trace={Writes}", "status=failed"], "ENOSPC", effect);

    static Action Begin(
        ProcessYard yard, EngineNode node, IReadOnlyList<string> how, string sign, EffectMark effect)
    {
        var tracer = new NodeTracer(yard, node, how, sign);
        node.Started += tracer.AttachAgain;
        tracer.Attach();
        return () => tracer.End(effect);
    }

    void End(EffectMark effect)
    {
        lock (_tracers)
        {
            _node.Started -= AttachAgain;
            _isOver = true;
            foreach (var (tracer, told) in _tracers)
            {
                tracer.Stop();
                if (HasSeen(told))
                    effect.Set();
            }
        }
    }

    void AttachAgain(object? node, EventArgs nothing) => Attach();

    // To all there are; strace follows what they start. A node that starts again is attached to again.
    void Attach()
    {
        lock (_tracers)
        {
            IReadOnlyList<int> processes = [.. _node.Processes];
            if (_isOver || processes.Count == 0)
                return;
            var told = $"{_told}-{_tracers.Count}";
            var log = $"{told}.log";
            var tracer = _yard.Start(
                new(
                    Strace!,
                    [
                        "-f", "-q", "-o", told, "-e", "signal=none",
                        .. _how.SelectMany(what => new[] { "-e", what }),
                        .. processes.SelectMany(process => new[] { "-p", $"{process}" }),
                    ]),
                log, []);
            _tracers.Add((tracer, told));
            SpinWait.SpinUntil(() => !tracer.IsRunning || processes.All(IsTraced), s_patience);
            if (!tracer.IsRunning && _node.IsRunning)
                throw new LiveException(
                    $"expected strace to attach to {_node.Name}, found: {File.ReadAllText(log).Trim()}");
        }
    }

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

    bool HasSeen(string told) => File.Exists(told)
        && File.ReadLines(told).Any(line => line.Contains(_sign, StringComparison.Ordinal));

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
