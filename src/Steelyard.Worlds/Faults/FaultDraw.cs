namespace Steelyard.Worlds.Faults;

/// <summary>One way in which a nemesis draws faults.</summary>
/// <param name="Word">The palette it is of: <c>partition</c>, <c>crash</c> …</param>
/// <param name="Next">Draws one fault, or some that belong together; none where the times do not fit.</param>
public sealed record FaultDraw(string Word, Func<FaultDraws, Fault[]> Next)
{
    /// <summary>Whether a tolerance allows it and a node is there that can do it.</summary>
    public Func<FaultDraws, bool> Fits { get; init; } = static _ => true;

    /// <summary>When it is drawn.</summary>
    public DrawnWhen When { get; init; }
}

/// <summary>When a draw is used.</summary>
public enum DrawnWhen : byte
{
    /// <summary>By its word, and among all.</summary>
    Always,

    /// <summary>Only by its word: too mild to be promised, but what was asked for.</summary>
    Named,

    /// <summary>Only among all: faults of several kinds that are worse together.</summary>
    Together,
}
