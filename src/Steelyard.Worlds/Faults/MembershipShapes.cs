using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Draws changes of a cluster.</summary>
internal sealed class MembershipShapes(FaultDraws draws)
{
    readonly SeededRandom _random = draws.Random;
    readonly string[] _members = NamesOf(draws, isSpare: false);
    readonly string[] _spares = NamesOf(draws, isSpare: true);

    /// <summary>Somebody is to take over from the leader.</summary>
    public Fault[] Handover() =>
        [At(Moment(), MembershipChangeKind.Transfer, _random.Choose(draws.Names))];

    /// <summary>The leader itself is removed.</summary>
    public Fault[] WithoutLeader() => [At(Moment(), MembershipChangeKind.Remove, Fault.Leader)];

    static string[] NamesOf(FaultDraws draws, bool isSpare) =>
        [.. draws.Scenario.Cluster.Nodes.Where(node => node.IsSpare == isSpare).Select(node => node.Name)];

    /// <summary>One is removed and added again.</summary>
    public Fault[] Away()
    {
        var (first, second) = Moments();
        var node = _random.Choose(draws.Names);
        return
        [
            At(first, MembershipChangeKind.Remove, node),
            At(second, MembershipChangeKind.AddVoter, node),
        ];
    }

    /// <summary>A spare takes the place of a member, now and then at the same moment.</summary>
    public Fault[] Swap()
    {
        var (first, second) = Moments();
        return
        [
            At(first, MembershipChangeKind.AddVoter, _random.Choose(_spares)),
            At(_random.Chance(0.3) ? first : second, MembershipChangeKind.Remove, _random.Choose(_members)),
        ];
    }

    /// <summary>A spare becomes a learner, and a voter later.</summary>
    public Fault[] Learner()
    {
        var (first, second) = Moments();
        var node = _random.Choose(_spares);
        return
        [
            At(first, MembershipChangeKind.AddLearner, node),
            At(second, MembershipChangeKind.AddVoter, node),
        ];
    }

    TimeSpan Moment() =>
        FaultDraws.Rounded(_random.Between(draws.Latest * 0.1, draws.Latest * 0.9));

    (TimeSpan First, TimeSpan Second) Moments()
    {
        var (one, other) = (Moment(), Moment());
        return one < other ? (one, other) : (other, one);
    }

    MembershipFault At(TimeSpan at, MembershipChangeKind change, string node) => new()
    {
        At = at,
        For = FaultDraws.Rounded(_random.Between(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5))),
        Change = change,
        Nodes = [node],
    };
}
