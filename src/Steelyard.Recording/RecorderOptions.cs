namespace Steelyard.Recording;

/// <summary>What a recorder does when events come faster than the disk takes them.</summary>
public enum WhenFull
{
    /// <summary>The next invocation waits, before its operation begins.</summary>
    Wait,

    /// <summary>The next operations are not recorded, and the history says how many: whoever judges it
    /// answers Unknown.</summary>
    Miss,
}

/// <summary>How a recorder records.</summary>
public sealed record RecorderOptions
{
    /// <summary>How many events may wait for the disk; 1,024 or above. Completions of operations that were
    /// invoked are kept beyond it. Each takes 64 bytes besides its values.</summary>
    public int MostWaiting { get; init; } = 1 << 16;

    /// <summary>What happens when as many wait.</summary>
    public WhenFull WhenFull { get; init; } = WhenFull.Wait;

    /// <summary>How old what was recorded may be until the operating system has it: what a process that is
    /// killed may lose; above zero.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What tells the time: its timestamps, which never go back.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
