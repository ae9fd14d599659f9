using Steelyard.Live.Clocks;
using Steelyard.Live.Disks;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines;

/// <summary>One node of a cluster: its processes, or none while it is down.</summary>
/// <param name="index">Its place, 0-based.</param>
/// <param name="name">Its name.</param>
/// <param name="log">The file of its log.</param>
internal sealed class EngineNode(int index, string name, string log)
{
    volatile IReadOnlyList<RunningProcess> _processes = [];
    volatile bool _isPaused;
    volatile bool _isHeldDown;

    /// <summary>Its place, 0-based.</summary>
    public int Index => index;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The file of its log.</summary>
    public string Log => log;

    /// <summary>True for one that is not started again with others: another one has taken its place, or it
    /// belongs to the cluster no more.</summary>
    public volatile bool StaysDown;

    /// <summary>True for one that is not ours: it is taken to run.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether all of it runs.</summary>
    public bool IsRunning =>
        IsElsewhere || (_processes is [_, ..] all && all.All(process => process.IsRunning));

    /// <summary>Whether it ended by itself, and nobody keeps it down.</summary>
    public bool HasDied => !IsRunning && !_isHeldDown;

    /// <summary>Whether somebody has taken it down, and has not started it again.</summary>
    public bool IsHeldDown => _isHeldDown;

    /// <summary>Held by who kills it or starts it.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Its own disk; null where it keeps its files on ours.</summary>
    public NodeDisk? Disk { get; set; }

    /// <summary>What comes between it and the kernel; null where nothing ever has.</summary>
    public NodeTracer? Tracer { get; set; }

    /// <summary>Its own clock; null where it reads ours.</summary>
    public NodeClock? Clock { get; set; }

    /// <summary>Told each time its processes have been started.</summary>
    public event EventHandler? Started;

    /// <summary>Whether it is up.</summary>
    public NodeStatus Status => !IsRunning ? NodeStatus.Down : _isPaused ? NodeStatus.Paused : NodeStatus.Up;

    /// <summary>Its processes, with all that they have started.</summary>
    public IEnumerable<int> Processes => _processes.SelectMany(process => ProcessTree.Of(process.Id));

    /// <summary>How the first of its processes that is gone has ended; null while all run.</summary>
    public int? ExitCode => _processes
        .Select(process => process.ExitCode).FirstOrDefault(code => code is not null);

    /// <summary>Takes the processes it is from now on.</summary>
    public void Runs(IReadOnlyList<RunningProcess> processes)
    {
        (_processes, _isPaused, _isHeldDown) = (processes, false, false);
        Started?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Kills it.</summary>
    /// <returns>Whether any of it was up.</returns>
    public bool Kill() => Down(process => process.Kill());

    /// <summary>Stops it in good order, the last started first.</summary>
    /// <returns>Whether any of it was up.</returns>
    public bool Stop() => Down(process => process.Stop());

    /// <summary>Holds it still.</summary>
    /// <returns>Whether any of it was up.</returns>
    public bool Pause() => _isPaused = OfEach(process => process.Pause());

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _isPaused = false;
        foreach (var process in _processes)
            process.Resume();
    }

    /// <summary>The last lines of its log.</summary>
    public string LastWords(int lines = 3) => File.Exists(log)
        ? string.Join(" / ", File.ReadLines(log).TakeLast(lines).Select(line => line.Trim()))
        : "nothing in its log";

    bool Down(Func<RunningProcess, bool> act)
    {
        lock (Turn)
        {
            _isHeldDown = true;
            return OfEach(act);
        }
    }

    bool OfEach(Func<RunningProcess, bool> act)
    {
        var any = false;
        foreach (var process in _processes.Reverse())
            any |= act(process);
        return any;
    }
}
