namespace Steelyard.Live.Processes;

/// <summary>How a program of an engine is started.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record EngineCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The user it runs as when we are root; null is who we are.</summary>
    public string? User { get; init; }

    /// <summary>What it has in its environment besides ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True where it leaves shared memory of System V when it is killed: as root it gets some that
    /// goes with it.</summary>
    public bool LeavesSharedMemory { get; init; }

    /// <summary>The signal that asks it to end in good order.</summary>
    public int StopSignal { get; init; } = Signals.Terminate;
}
