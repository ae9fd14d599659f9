using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>What can be chosen of ZooKeeper's clients.</summary>
/// <param name="setup">What was chosen.</param>
internal sealed class ZooKeeperChoices(EngineSetup setup)
{
    const string Reads = "reads";
    const string Fencing = "fencing";
    const string Holders = "holders";

    /// <summary>The options.</summary>
    public static IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Reads, "How clients read: plain (the server answers from what it has); sync (it first catches up"
                + " with the leader)",
            "plain", "sync"),
        DesignOption.Choice(
            Fencing, "What a write under a lock is checked for: none; ticket (that the node of its holder is"
                + " still there)",
            "none", "ticket"),
        DesignOption.Choice(
            Holders, "How holders of a lock behave: steady; stalled (now and then one stands still for longer"
                + " than its session lasts, as a process that is paused)",
            "steady", "stalled"),
    ];

    /// <summary>Whether a read catches up with the leader first.</summary>
    public bool ReadsAreSynced => Is(Reads, "sync");

    /// <summary>Whether a write under a lock is refused when the lock was lost.</summary>
    public bool IsFenced => Is(Fencing, "ticket");

    /// <summary>Whether holders of locks stand still now and then.</summary>
    public bool HoldersStall => Is(Holders, "stalled");

    bool Is(string option, string word) => setup.Chosen.GetValueOrDefault(option) == word;
}
