using System.Collections.Immutable;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Consensus;

/// <summary>
/// Who belongs to a cluster: voters, whose majorities elect leaders and commit entries, and learners, who
/// only follow (thesis section 4.2.1). An entry of the log, in force on a server as soon as it is in that
/// server's log, committed or not (section 4.1).
/// </summary>
public sealed class ClusterConfiguration
{
    /// <summary>Makes one.</summary>
    /// <param name="voters">At least one.</param>
    /// <param name="learners">None of them a voter.</param>
    public ClusterConfiguration(IEnumerable<NodeId> voters, IEnumerable<NodeId>? learners = null)
    {
        Voters = [.. voters];
        Learners = [.. learners ?? []];
        if (Voters.IsEmpty || Voters.Overlaps(Learners))
            throw new ArgumentException("a cluster has a voter, and no learner is one", nameof(voters));
    }

    /// <summary>Whose votes and copies count.</summary>
    public ImmutableSortedSet<NodeId> Voters { get; }

    /// <summary>Who gets the log without counting.</summary>
    public ImmutableSortedSet<NodeId> Learners { get; }

    internal int SizeBytes => 8 + (4 * (Voters.Count + Learners.Count));

    /// <summary>Whether a server is a voter or a learner.</summary>
    public bool Names(NodeId server) => Voters.Contains(server) || Learners.Contains(server);

    /// <summary>As <c>voters #0 #1 #2, learners #3</c>.</summary>
    public override string ToString() => Learners.IsEmpty
        ? $"voters {string.Join(' ', Voters)}"
        : $"voters {string.Join(' ', Voters)}, learners {string.Join(' ', Learners)}";

    internal ClusterConfiguration WithVoter(NodeId server) =>
        new(Voters.Add(server), Learners.Remove(server));

    internal ClusterConfiguration WithLearner(NodeId server) => new(Voters, Learners.Add(server));

    internal ClusterConfiguration Without(NodeId server) =>
        new(Voters.Remove(server), Learners.Remove(server));

    internal void Write(RecordWriter record)
    {
        record.Add(Voters.Count).Add(Learners.Count);
        foreach (var server in Voters.Concat(Learners))
            record.Add(server.Index);
    }

    internal static ClusterConfiguration Read(ref RecordReader record)
    {
        var voters = new NodeId[record.Number()];
        var learners = new NodeId[record.Number()];
        foreach (var servers in (NodeId[][])[voters, learners])
            for (var i = 0; i < servers.Length; i++)
                servers[i] = new((int)record.Number());
        return new(voters, learners);
    }
}
