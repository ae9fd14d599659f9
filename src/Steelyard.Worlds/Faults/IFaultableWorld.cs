using Steelyard.Worlds.Consensus;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// What a world lets faults do to it. Each thing begun hands back what ends it, and sets the fault's mark
/// when it has an effect, at once or at any later time.
/// </summary>
public interface IFaultableWorld
{
    /// <summary>A node by its name.</summary>
    IFaultableNode Node(string name);

    /// <summary>Cuts every link between nodes of different groups, both ways; who is in no group keeps all
    /// links. Has an effect when a message is lost by it.</summary>
    Action CutBetween(IReadOnlyList<IReadOnlyList<string>> groups, EffectMark effect);

    /// <summary>Cuts the links from some nodes to some. Has an effect when a message is lost by it.</summary>
    Action CutLinks(IReadOnlyList<string> from, IReadOnlyList<string> to, EffectMark effect);

    /// <summary>Has an operator change the cluster that the nodes keep, server by server, as soon as somebody
    /// leads who does it; ended, the operator gives up on what is left. Has an effect when a leader begins
    /// with it.</summary>
    Action ChangeMembership(MembershipChangeKind kind, IReadOnlyList<string> servers, EffectMark effect);

    /// <summary>Makes the links from some nodes to some bad; an empty list is all nodes. Has an effect when a
    /// message is lost, doubled, put out of order, delayed or made to queue by it.</summary>
    Action WorsenLinks(
        IReadOnlyList<string> from, IReadOnlyList<string> to, LinkTrouble trouble, EffectMark effect);
}

/// <summary>How much worse a link is.</summary>
/// <param name="Loss">Added share of messages lost, in [0, 1].</param>
/// <param name="Duplication">Added share delivered twice, in [0, 1].</param>
/// <param name="Reordering">Added share that overtakes, in [0, 1].</param>
/// <param name="Slowdown">Latency is multiplied by this, at least 1.</param>
public readonly record struct LinkTrouble(
    double Loss, double Duplication, double Reordering, double Slowdown)
{
    /// <summary>A link that is as usual.</summary>
    public static LinkTrouble None { get; } = new(Loss: 0, Duplication: 0, Reordering: 0, Slowdown: 1);

    /// <summary>Added to the latency of whatever is sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Added besides, for each message anew: anything from nothing to this.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Bytes that a link carries each second; null is no limit.</summary>
    public long? BandwidthBytesPerSecond { get; init; }
}
