using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.PrimaryBackup;

/// <content>Requests of clients.</content>
internal sealed partial class PrimaryBackupNode
{
    void OnRequest(NodeId from, Request request)
    {
        if (_damaged)
            _world.Send(from, new Refusal("disk damaged"));
        else if (request.Command.Function == Functions.ReplicaState)
            _world.Send(from, new Answer(Completion.Ok(_machine.State), _applied));
        else if (_machine.IsRead(request.Command.Function))
            OnRead(from, request);
        else
            OnWrite(from, request);
    }

    void OnRead(NodeId from, Request request)
    {
        if (request.Level == ReadLevel.Leader && !IsLeader)
            Redirect(from);
        else if (IsLeader && _applied < _barrier)
            _world.Send(from, new Refusal("catching up"));
        else if (_applied < request.AtLeast)
            _world.Send(from, new Refusal("behind", Primary()));
        else if (request.Level == ReadLevel.Bounded && !IsLeader && IsStale(request.MaxStaleness))
            _world.Send(from, new Refusal("too stale", Primary()));
        else
            _world.Send(from, new Answer(_machine.Read(request.Command), _applied));
    }

    // A tenth is kept back for clocks that drift apart.
    bool IsStale(TimeSpan staleness) => Now - _freshAsOf > staleness * 0.9;

    void OnWrite(NodeId from, Request request)
    {
        if (!IsLeader)
            Redirect(from);
        else if (_machine.AnswerOf(request.Id) is { } before)
            _world.Send(from, new Answer(before, _applied));
        else if (_options.Synchronous && MissesBackup())
            _world.Send(from, new Refusal("a backup is missing"));
        else
            Accept(from, request);
    }

    void Accept(NodeId from, Request request)
    {
        AddToLog(new(request.Id, request.Command));
        _waiting.Enqueue((_log.Count, from));
        _journal.WhenSaved(() =>
        {
            Advance();
            SendToIdle();
        });
    }

    void SendToIdle()
    {
        if (!IsLeader)
            return;
        foreach (var backup in _backups)
            if (!backup.Awaited && backup.Has < _saved)
                SendLog(backup);
    }

    bool MissesBackup()
    {
        foreach (var backup in _backups)
            if (Now - backup.Heard > _options.Silence)
                return true;
        return false;
    }

    void Redirect(NodeId from) => _world.Send(from, new Refusal("not the primary", Primary()));

    // The primary, if this replica has heard from it lately.
    NodeId? Primary() =>
        IsLeader || Now - _heard > _options.Silence ? null : new NodeId(_reign.Primary);
}
