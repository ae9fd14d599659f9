namespace Steelyard.Histories;

/// <summary>What a client knows of the end of its operation (Jepsen's three completions, and none
/// yet).</summary>
public enum Outcome : byte
{
    /// <summary>Invoked and never completed in this history: to a checker the same as
    /// <see cref="Info"/>.</summary>
    Open,

    /// <summary>It happened.</summary>
    Ok,

    /// <summary>It did not happen, and never will.</summary>
    Fail,

    /// <summary>Unknown: it may take effect at any later time, or never.</summary>
    Info,
}
