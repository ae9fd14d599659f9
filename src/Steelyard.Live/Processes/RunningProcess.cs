using System.Diagnostics;

namespace Steelyard.Live.Processes;

/// <summary>A process of an engine, with all that it has started.</summary>
/// <param name="process">What was started: it ends when the engine does.</param>
/// <param name="engine">The engine's own process: the same, or the one in a container.</param>
/// <param name="stopSignal">The signal that asks it to end in good order.</param>
internal sealed class RunningProcess(Process process, int engine, int stopSignal)
{
    static readonly TimeSpan s_toEnd = TimeSpan.FromSeconds(10);

    /// <summary>Its number.</summary>
    public int Id { get; } = engine;

    /// <summary>Whether it is there.</summary>
    public bool IsRunning => !process.HasExited;

    /// <summary>How it ended; null while it runs.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Kills it with all that it has started.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Kill()
    {
        if (!IsRunning)
            return false;
        ProcessTree.KillAll(Id);
        process.WaitForExit(s_toEnd);
        return true;
    }

    /// <summary>Asks it to end, and kills it where it does not.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Stop()
    {
        if (!IsRunning)
            return false;
        ProcessTree.ContinueAll(Id);
        Signals.Send(Id, stopSignal);
        if (!process.WaitForExit(s_toEnd))
            Kill();
        return true;
    }

    /// <summary>Holds it still.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Pause() => IsRunning && ProcessTree.StopAll(Id).Count > 0;

    /// <summary>Lets it go on.</summary>
    public void Resume() => ProcessTree.ContinueAll(Id);
}
