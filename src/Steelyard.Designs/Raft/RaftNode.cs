using Steelyard.Designs.Requests;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Raft;

/// <summary>
/// A replica that a Raft cluster keeps (<see cref="RaftServer"/>): it answers the requests of clients from
/// the machine that the log drives, each once (Ongaro 2014, "Consensus: Bridging Theory and Practice", cited
/// as "thesis").
/// </summary>
internal sealed partial class RaftNode : INode, ILeaderRole, IReconfigurable, IShowsState
{
    readonly INodeWorld _world;
    readonly Func<IStateMachine> _createMachine;
    readonly RaftBug _bug;
    readonly RaftServer _server;
    SessionMachine _machine;

    /// <summary>Makes a replica; its state is on the world's disk, if it ran before.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="createMachine">Makes the machine that the log drives, in its initial state.</param>
    /// <param name="options">The same for all members.</param>
    /// <param name="voters">So many servers, the first ones, are the cluster at its birth; the others wait to
    /// be added. Null is all.</param>
    public RaftNode(
        INodeWorld world, Func<IStateMachine> createMachine, RaftOptions options, int? voters = null)
    {
        _world = world;
        _createMachine = createMachine;
        _bug = options.Bug;
        _machine = NewMachine();
        _server = new(world, new(world.Nodes.Take(voters ?? world.Nodes.Count)), this, options);
    }

    /// <inheritdoc/>
    public bool IsLeader => _server.IsLeader;

    /// <inheritdoc/>
    public void Start() => _server.Start();

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is Request request)
            OnRequest(from, request);
        else if (!_server.TryReceive(from, message))
            throw new UnexpectedMessageException(_world.Self, from, message);
    }

    /// <inheritdoc/>
    public void Change(MembershipChange change, Action<MembershipOutcome> done) =>
        _server.Change(change, done);

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet) => _server.ShowState(sheet);

    SessionMachine NewMachine() => new(_createMachine(), dedup: _bug != RaftBug.NoDedup);
}
