using Steelyard.Designs.Requests;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.TwoPhaseCommit;

/// <summary>
/// The role of every node but the coordinator: promises, waits for the outcome, answers reads when it is in
/// no doubt.
/// </summary>
sealed class Participant(INodeWorld world, Replica replica, WriteAllOptions options)
{
    readonly List<(NodeId From, Request Request, TimeSpan Since)> _waiting = [];
    TimeSpan _heardCoordinator = TimeSpan.MinValue;
    long _over;
    bool _promiseSaved;

    TimeSpan Now => world.Clock.GetElapsedTime(0);

    bool HearsCoordinator =>
        _heardCoordinator != TimeSpan.MinValue && Now - _heardCoordinator < options.Unreachable;

    public void Restore()
    {
        replica.Restore();
        _promiseSaved = replica.Doubt is not null;
    }

    public void TellState(NodeId from) =>
        world.Send(from, new Answer(Completion.Ok(replica.State), replica.LastCommitted));

    public void Serve(NodeId from, Request request)
    {
        if (!replica.IsRead(request))
            world.Send(from, HearsCoordinator
                ? new Refusal("not the coordinator", world.Nodes[0])
                : new Refusal("coordinator unreachable"));
        else if (replica.Doubt is null)
            world.Send(from, replica.Read(request));
        else
        {
            // The batch in doubt may have been acknowledged: an answer without it could be stale.
            _waiting.Add((from, request, Now));
            world.SetTimer(options.DoubtPatience, RefuseOldest);
        }
    }

    public void Promise(Prepare prepare)
    {
        Hear(new(prepare.Round, prepare.Round, prepare.LastCommitted));
        // What is over was forgotten in a crash, but what was carried out was not.
        if (prepare.Round <= _over || prepare.Round <= replica.LastCommitted)
            return;
        if (replica.Doubt is null)
        {
            _promiseSaved = false;
            replica.WritePromise(prepare.Round, prepare.Batch);
            replica.Journal.WhenSaved(() =>
            {
                // It may have been aborted meanwhile, and another one be in its place that is not saved yet.
                if (replica.Doubt?.Round != prepare.Round)
                    return;
                _promiseSaved = true;
                world.Send(world.Nodes[0], new Vote(prepare.Round));
            });
        }
        else if (_promiseSaved)
            world.Send(world.Nodes[0], new Vote(prepare.Round));
    }

    public void Hear(Decisions decisions)
    {
        _heardCoordinator = Now;
        _over = Math.Max(_over, decisions.Current == 0 ? decisions.Begun : decisions.Current - 1);
        if (replica.Doubt is not { } doubt)
            return;
        // No later round can have been committed: it would have needed the promise of this node.
        if (decisions.LastCommitted == doubt.Round)
            Settle(commit: true);
        else if (decisions.Begun >= doubt.Round && decisions.Current != doubt.Round)
            Settle(commit: false);
    }

    void Settle(bool commit)
    {
        replica.SettleDoubt(commit);
        foreach (var (from, request, _) in _waiting)
            world.Send(from, replica.Read(request));
        _waiting.Clear();
    }

    void RefuseOldest()
    {
        var refused = 0;
        foreach (var (from, _, since) in _waiting)
        {
            if (Now - since < options.DoubtPatience)
                break;
            world.Send(from, new Refusal("in doubt"));
            refused++;
        }

        _waiting.RemoveRange(0, refused);
    }
}
