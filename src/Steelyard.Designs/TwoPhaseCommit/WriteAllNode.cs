using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.TwoPhaseCommit;

/// <summary>
/// A replica that writes to all: the first node coordinates, and a batch of requests takes effect when every
/// replica has promised it (two-phase commit with presumed abort: Mohan, Lindsay and Obermarck 1986, section
/// 3). Reads are answered by any replica from its own state, except while it is in doubt; nothing commits
/// without its promise, so its state is the latest. A replica that cannot be reached stops every write, and a
/// coordinator that dies leaves the others in doubt.
/// </summary>
internal sealed class WriteAllNode : INode, ILeaderRole, IShowsState
{
    readonly INodeWorld _world;
    readonly Replica _replica;
    readonly Participant _participant;
    readonly Coordinator? _coordinator;

    /// <summary>A replica.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="machine">What is replicated.</param>
    /// <param name="options">How the protocol runs.</param>
    public WriteAllNode(INodeWorld world, IStateMachine machine, WriteAllOptions options)
    {
        _world = world;
        _replica = new(world, machine, options);
        _participant = new(world, _replica, options);
        _coordinator = world.Self == world.Nodes[0] ? new(world, _replica, options) : null;
    }

    /// <inheritdoc/>
    public bool IsLeader => _coordinator is not null;

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("committed round", _replica.LastCommitted);
        sheet.Add("in doubt", _replica.Doubt is not null);
        sheet.Add("role", IsLeader ? "coordinator" : "participant");
    }

    /// <inheritdoc/>
    public void Start()
    {
        _participant.Restore();
        _coordinator?.Start();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case Request { Command.Function: Functions.ReplicaState }:
                _participant.TellState(from);
                break;
            case Request request when _coordinator is not null:
                _coordinator.Serve(from, request);
                break;
            case Request request:
                _participant.Serve(from, request);
                break;
            case Prepare prepare:
                _participant.Promise(prepare);
                break;
            case Decisions decisions:
                _participant.Hear(decisions);
                _world.Send(from.Node, new Present());
                break;
            case Vote vote when _coordinator is not null:
                _coordinator.Count(from.Node, vote);
                break;
            case Present when _coordinator is not null:
                _coordinator.HeardFrom(from.Node);
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }
}

/// <summary>How <see cref="WriteAllNode"/>s run; the same at all of them.</summary>
internal sealed record WriteAllOptions
{
    /// <summary>How often the coordinator says what it decided.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// After this long of silence a node counts as unreachable, and requests that need it are refused.
    /// </summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long the coordinator waits for the promises of a round before it aborts it.</summary>
    public TimeSpan VoteTimeout { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long a read waits for a replica in doubt before it is refused.</summary>
    public TimeSpan DoubtPatience { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Requests of one round at most.</summary>
    public int MaxBatch { get; init; } = 128;

    /// <summary>False applies retried requests again.</summary>
    public bool Dedup { get; init; } = true;
}
