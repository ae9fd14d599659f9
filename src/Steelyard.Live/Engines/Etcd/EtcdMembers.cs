using Etcdserverpb;
using Grpc.Core;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>Changes of etcd's cluster: its leader is asked, as <c>etcdctl member</c> and <c>move-leader</c>
/// do it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="peerOf">Where others reach a member.</param>
/// <param name="join">Starts one that was added, with nothing, given all members and their names.</param>
internal sealed class EtcdMembers(
    EtcdCluster cluster, Func<EngineNode, string> peerOf, Action<EngineNode, string> join)
{
    /// <summary>Changes the cluster by one member.</summary>
    public async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        if (await cluster.Leader() is not { } leader)
            return MembershipOutcome.NotLeader;
        using var connection = cluster.Direct(leader.Index);
        try
        {
            var members = await Members(connection, cancellation);
            return await Change(
                kind, node, members.FirstOrDefault(one => one.PeerURLs.Contains(peerOf(node))), connection,
                cancellation);
        }
        catch (RpcException refused)
        {
            // Too few would be left, a learner is behind, or the leader has fallen meanwhile.
            cancellation.ThrowIfCancellationRequested();
            return refused.StatusCode == StatusCode.FailedPrecondition
                ? MembershipOutcome.Unsafe : MembershipOutcome.Lost;
        }
    }

    Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, Member? member, EtcdConnection leader,
        CancellationToken cancellation) => (kind, member) switch
    {
        (MembershipChangeKind.Remove, { } there) => Remove(node, there, leader, cancellation),
        (MembershipChangeKind.Transfer, { IsLearner: false } next) => HandOver(next, leader, cancellation),
        (MembershipChangeKind.AddVoter, { IsLearner: true } learner) =>
            Promote(learner, leader, cancellation),
        (MembershipChangeKind.AddVoter or MembershipChangeKind.AddLearner, null) => Add(
            node, kind == MembershipChangeKind.AddLearner, leader, cancellation),
        _ => Task.FromResult(MembershipOutcome.Unfit),
    };

    // It ends by itself as soon as it learns of it.
    static async Task<MembershipOutcome> Remove(
        EngineNode node, Member member, EtcdConnection leader, CancellationToken cancellation)
    {
        await leader.Store.MemberRemoveAsync(
            new MemberRemoveRequest { ID = member.ID }, null, null, cancellation);
        node.StaysDown = true;
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> Add(
        EngineNode node, bool asLearner, EtcdConnection leader, CancellationToken cancellation)
    {
        var added = await leader.Store.MemberAddAsync(
            new MemberAddRequest { PeerURLs = { peerOf(node) }, IsLearner = asLearner }, null, null,
            cancellation);
        join(node, string.Join(',', added.Members.SelectMany(one => one.PeerURLs.Select(NamedPeer(one)))));
        return MembershipOutcome.Done;

        // One that has never run has told nobody its name.
        Func<string, string> NamedPeer(Member one) =>
            peer => $"{(one.ID == added.Member.ID ? node.Name : one.Name)}={peer}";
    }

    static async Task<MembershipOutcome> Promote(
        Member learner, EtcdConnection leader, CancellationToken cancellation)
    {
        await leader.Store.MemberPromoteAsync(
            new MemberPromoteRequest { ID = learner.ID }, null, null, cancellation);
        return MembershipOutcome.Done;
    }

    static async Task<MembershipOutcome> HandOver(
        Member next, EtcdConnection leader, CancellationToken cancellation)
    {
        if ((await leader.Status(cancellation)).Leader == next.ID)
            return MembershipOutcome.Unfit;
        await leader.Store.MoveLeaderAsync(
            new MoveLeaderRequest { TargetID = next.ID }, null, null, cancellation);
        return MembershipOutcome.Done;
    }

    static async Task<IEnumerable<Member>> Members(
        EtcdConnection leader, CancellationToken cancellation) =>
        (await leader.Store.MemberListAsync(new MemberListRequest(), null, null, cancellation)).Members;
}
