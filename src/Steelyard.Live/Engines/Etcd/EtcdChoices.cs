using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>What can be chosen of etcd's clients.</summary>
/// <param name="setup">What was chosen.</param>
internal sealed class EtcdChoices(EngineSetup setup)
{
    const string Reads = "reads";
    const string Fencing = "fencing";
    const string Holders = "holders";

    /// <summary>The options.</summary>
    public static IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Reads, "How clients read: linearizable (the member asks the others whether it is up to date);"
                + " serializable (it answers from what it has)",
            "linearizable", "serializable"),
        DesignOption.Choice(
            Fencing, "What a write under a lock is checked for: none; revision (that the lock is still the"
                + " one of its holder, by the revision that made it)",
            "none", "revision"),
        DesignOption.Choice(
            Holders, "How holders of a lock behave: steady; stalled (now and then one stands still for longer"
                + " than its lease, as a process that is paused)",
            "steady", "stalled"),
    ];

    /// <summary>Whether reads are answered by one member alone.</summary>
    public bool ReadsAreSerializable => Is(Reads, "serializable");

    /// <summary>Whether a write under a lock is refused when the lock was lost.</summary>
    public bool IsFenced => Is(Fencing, "revision");

    /// <summary>Whether holders of locks stand still now and then.</summary>
    public bool HoldersStall => Is(Holders, "stalled");

    bool Is(string option, string word) => setup.Chosen.GetValueOrDefault(option) == word;
}
