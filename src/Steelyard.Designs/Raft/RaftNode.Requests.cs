using Steelyard.Analysis.Effects;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Raft;

/// <content>Requests: writes go through the log; reads are answered when the leader may (thesis section 6.4),
/// or from a replica as it is, as the client wants it.</content>
internal sealed partial class RaftNode
{
    readonly Queue<(long Index, NodeId From)> _writes = new();

    void OnRequest(NodeId from, Request request)
    {
        if (!_server.IsMember && !IsLeader)
            RefuseAsStranger(from);
        else if (request.Command.Function == Functions.ReplicaState)
            _world.Send(from, new Answer(Completion.Ok(_machine.State), _server.AppliedIndex));
        else if (!_machine.IsRead(request.Command.Function))
            OnWrite(from, request);
        else if (request.Level == ReadLevel.Leader)
            OnLeaderRead(from, request);
        else
            OnReplicaRead(from, request);
    }

    void OnWrite(NodeId from, Request request)
    {
        if (!IsLeader)
            Refuse(from);
        else if (_machine.AnswerOf(request.Id) is { } before)
            _world.Send(from, new Answer(before, _server.AppliedIndex));
        else if (!_server.TakesProposals)
            _world.Send(from, new Refusal("leadership is handed over"));
        else
        {
            _writes.Enqueue((_server.LastIndex + 1, from));
            _server.Propose(new LoggedRequest(request.Id, request.Command));
        }
    }

    void AnswerWrite(long index, Completion? answer)
    {
        while (_writes.TryPeek(out var first) && first.Index <= index)
        {
            _writes.Dequeue();
            if (first.Index == index && answer is { } completion)
                _world.Send(first.From, new Answer(completion, index));
        }
    }

    void OnLeaderRead(NodeId from, Request request)
    {
        if (!IsLeader)
        {
            Refuse(from);
            return;
        }

        _server.Read(isLatest =>
        {
            if (isLatest)
                AnswerRead(from, request);
            else
                _world.Send(from, new Refusal("leadership lost", _server.Leader));
        });
    }

    void OnReplicaRead(NodeId from, Request request)
    {
        if (_server.AppliedIndex < request.AtLeast)
            _world.Send(from, new Refusal("behind", Other(_server.Leader)));
        else if (request.Level == ReadLevel.Bounded && !_server.IsFresh(request.MaxStaleness))
            _world.Send(from, new Refusal("too stale", Other(_server.Leader)));
        else
            AnswerRead(from, request);
    }

    void AnswerRead(NodeId from, Request request) =>
        _world.Send(from, new Answer(_machine.Read(request.Command), _server.AppliedIndex));

    void Refuse(NodeId from) => _world.Send(
        from, new Refusal(_server.Leader is null ? "no leader" : "not the leader", Other(_server.Leader)));

    // It has no state of the cluster's, but it knows who may know more.
    void RefuseAsStranger(NodeId from)
    {
        var voters = _server.Configuration.Voters.Remove(_world.Self);
        var instead = _server.Leader ?? (voters.IsEmpty ? null : (NodeId?)_world.Random.Choose(voters));
        _world.Send(from, new Refusal(ReplicasConverge.NotAMember, instead));
    }

    NodeId? Other(NodeId? node) => node == _world.Self ? null : node;

    // A leader no more: what waits may still be committed by the next one, or not.
    void RefuseWrites()
    {
        while (_writes.TryDequeue(out var write))
            _world.Send(write.From, new Refusal("leadership lost", _server.Leader, MayStillHappen: true));
    }
}
