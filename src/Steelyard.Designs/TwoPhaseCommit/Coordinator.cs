using Steelyard.Designs.Requests;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.TwoPhaseCommit;

/// <summary>
/// The role of the first node: one round at a time it asks every replica to promise a batch, and decides. A
/// decision to commit counts from the moment its disk has it; everything else is presumed aborted, after a
/// crash too.
/// </summary>
sealed class Coordinator(INodeWorld world, Replica replica, WriteAllOptions options)
{
    // Rounds of one birth; a birth's number takes the bits above, so that no round is ever used twice.
    const int RoundBits = 32;
    static readonly TimeSpan PrepareAgain = TimeSpan.FromMilliseconds(150);

    readonly List<Request> _queue = [];
    readonly SortedDictionary<(long, long), List<NodeId>> _waiters = [];
    readonly SortedDictionary<int, TimeSpan> _heard = [];
    readonly HashSet<int> _promised = [];
    Request[] _batch = [];
    long _begun;
    long _current;
    TimeSpan _deadline;
    bool _deciding;
    bool _serving;

    TimeSpan Now => world.Clock.GetElapsedTime(0);

    public void Start()
    {
        replica.WriteBirth();
        replica.Journal.WhenSaved(() =>
        {
            _begun = replica.Births << RoundBits;
            _serving = true;
            Beat();
        });
    }

    public void HeardFrom(NodeId node) => _heard[node.Index] = Now;

    public void Serve(NodeId from, Request request)
    {
        if (!_serving)
            world.Send(from, new Refusal("coordinator starting"));
        else if (replica.IsRead(request))
            // Nothing was acknowledged that is not applied here.
            world.Send(from, replica.Read(request));
        else if (replica.AnswerOf(request.Id) is { } answer)
            world.Send(from, answer);
        else if (options.Dedup && _waiters.TryGetValue(KeyOf(request), out var others))
            others.Add(from);
        else if (!AllHeard())
            world.Send(from, new Refusal("replica unreachable"));
        else
            Queue(from, request);
    }

    void Queue(NodeId from, Request request)
    {
        if (_waiters.TryGetValue(KeyOf(request), out var others))
            others.Add(from);
        else
            _waiters.Add(KeyOf(request), [from]);
        _queue.Add(request);
        BeginRound();
    }

    static (long Session, long Number) KeyOf(Request request) => (request.Id.Session, request.Id.Number);

    bool AllHeard()
    {
        foreach (var peer in world.Peers)
            if (!_heard.TryGetValue(peer.Index, out var when) || Now - when >= options.Unreachable)
                return false;
        return true;
    }

    void BeginRound()
    {
        if (_current != 0 || _queue.Count == 0)
            return;
        var count = Math.Min(_queue.Count, options.MaxBatch);
        _batch = [.. _queue.GetRange(0, count)];
        _queue.RemoveRange(0, count);
        _current = ++_begun;
        _deadline = Now + options.VoteTimeout;
        _promised.Clear();
        AskForPromises(_current);
        DecideIfPromised();
    }

    void AskForPromises(long round)
    {
        if (round != _current || _deciding)
            return;
        if (Now >= _deadline)
        {
            Abort();
            return;
        }

        var prepare = new Prepare(round, replica.LastCommitted, _batch);
        foreach (var peer in world.Peers)
            if (!_promised.Contains(peer.Index))
                world.Send(peer, prepare);
        world.SetTimer(PrepareAgain, () => AskForPromises(round));
    }

    public void Count(NodeId voter, Vote vote)
    {
        HeardFrom(voter);
        if (vote.Round != _current || _deciding)
            return;
        _promised.Add(voter.Index);
        DecideIfPromised();
    }

    void DecideIfPromised()
    {
        if (_promised.Count < world.Peers.Count)
            return;
        _deciding = true;
        replica.WriteDecision(_current, _batch);
        replica.Journal.WhenSaved(Commit);
    }

    void Commit()
    {
        var answers = replica.Apply(_current, _batch);
        for (var i = 0; i < _batch.Length; i++)
            Tell(_batch[i], new Answer(answers[i], replica.LastCommitted));
        EndRound();
    }

    void Abort()
    {
        if (world.IsTraced)
            world.Trace($"round {_current} aborted: {_promised.Count} of {world.Peers.Count} promises");
        foreach (var request in _batch)
            Tell(request, new Refusal("replica unreachable"));
        foreach (var request in _queue)
            Tell(request, new Refusal("replica unreachable"));
        _queue.Clear();
        EndRound();
    }

    void EndRound()
    {
        _current = 0;
        _deciding = false;
        _batch = [];
        SendDecisions();
        BeginRound();
    }

    void Tell(Request request, Message reply)
    {
        if (!_waiters.Remove(KeyOf(request), out var waiters))
            return;
        foreach (var waiter in waiters)
            world.Send(waiter, reply);
    }

    void SendDecisions()
    {
        var decisions = new Decisions(_begun, _current, replica.LastCommitted);
        foreach (var peer in world.Peers)
            world.Send(peer, decisions);
    }

    void Beat()
    {
        SendDecisions();
        world.SetTimer(options.Heartbeat, Beat);
    }
}
