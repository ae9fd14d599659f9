using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Raft;

/// <summary>A cluster whose servers are replaced one by one while it serves: the first half of the nodes is
/// the cluster, the others stand by and take over.</summary>
static class MembershipStory
{
    public const string Name = "membership";

    /// <summary>How many of some nodes are the cluster at first.</summary>
    public static int VotersOf(int nodes) => (nodes + 1) / 2;

    /// <summary>The same nodes, of which all but the first cluster are spare.</summary>
    public static Topology Of(Topology topology) => topology with
    {
        Nodes =
        [
            .. topology.Nodes.Select((node, index) =>
                node with { IsSpare = index >= VotersOf(topology.Nodes.Count) }),
        ],
    };

    /// <summary>The same nodes, which keep a cluster that can be changed.</summary>
    public static Topology Changeable(Topology topology) => topology with
    {
        Nodes =
        [
            .. topology.Nodes.Select(node =>
                node with { Abilities = node.Abilities | NodeAbilities.Membership }),
        ],
    };

    /// <summary>For each spare: it is added, a server is removed; and then the first of the new ones is made
    /// the leader.</summary>
    public static FaultPlan Plan(Topology topology, TimeSpan duration)
    {
        var spares = topology.Nodes.Where(node => node.IsSpare).Select(node => node.Name).ToList();
        var steps = new List<(MembershipChangeKind Change, string Node)>();
        for (var i = 0; i < spares.Count; i++)
        {
            steps.Add((MembershipChangeKind.AddVoter, spares[i]));
            steps.Add((MembershipChangeKind.Remove, topology.Nodes[i].Name));
        }

        steps.Add((MembershipChangeKind.Transfer, spares[0]));
        var apart = duration * 0.7 / steps.Count;
        return new([.. steps.Select((step, place) => new MembershipFault
        {
            At = (duration * 0.15) + (place * apart),
            For = apart,
            Change = step.Change,
            Nodes = [step.Node],
        })]);
    }
}
