using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>What a world lends to the load on it: its own perfect clock, clients, faults, and a
/// record.</summary>
public interface ILoadWorld
{
    /// <summary>Now, in ns of the run.</summary>
    long NowNs { get; }

    /// <summary>Where operations and phases are recorded.</summary>
    IOperationRecorder Recorder { get; }

    /// <summary>All servers.</summary>
    IReadOnlyList<NodeId> Nodes { get; }

    /// <summary>A server's name.</summary>
    string NameOf(NodeId node);

    /// <summary>Makes a client.</summary>
    /// <param name="index">Which, 0-based and below <see cref="OfferedLoad.MostClients"/>; each is made once,
    /// beside the node of its number, round and round.</param>
    ILoadClient AddClient(int index);

    /// <summary>Does something at a time, in ns of the run; at once where that has passed.</summary>
    TimerId At(long timeNs, Action action);

    /// <summary>Cancels it; what has happened is no error.</summary>
    void Cancel(TimerId timer);

    /// <summary>Does something before time moves on, but not within what happens now.</summary>
    void Post(Action action);

    /// <summary>Lets the planned faults come, each at its time.</summary>
    void BeginFaults();

    /// <summary>Ends all faults.</summary>
    void HealAll();

    /// <summary>The driver waited for operations as long as it would, and gives up on them now.</summary>
    /// <param name="operations">As they were recorded.</param>
    /// <param name="processes">Who waits for each of them.</param>
    void GivesUp(IReadOnlyList<int> operations, IReadOnlyList<int> processes);
}

/// <summary>One client after the other in the same place: when a process is retired, a fresh one takes
/// over.</summary>
public interface ILoadClient
{
    /// <summary>The node it stands beside.</summary>
    NodeId Home { get; }

    /// <summary>The process it is now; all clients' processes differ, retired ones too.</summary>
    int Process { get; }

    /// <summary>What serves that process.</summary>
    IClient Client { get; }

    /// <summary>Retires the process (its last operation may take effect at any time); a fresh one takes
    /// over.</summary>
    void Retire();

    /// <summary>The client threw something: throws what tells more of it, or lets it pass as it is.</summary>
    void Failed(Exception failure);
}
