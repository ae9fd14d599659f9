using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>
/// Clients that send the same operations, each one at a time. What is due while all are busy waits, and keeps
/// the time at which it was due: the wait is charged to it. Where arrivals belong to clients, a pool is one
/// client.
/// </summary>
internal sealed class ClientPool
{
    readonly ILoadWorld _world;
    readonly LoadBook _book;
    readonly IReadOnlyList<int> _indices;
    readonly Action _whenIdle;
    readonly Action _sendWaiting;
    readonly Action _look;
    readonly Queue<DueOperation> _backlog = new();
    readonly List<Held> _held = [];
    readonly List<ClientLane> _lanes = [];
    readonly List<ClientLane> _idle = [];
    bool _isClosed;

    /// <param name="world">The world.</param>
    /// <param name="book">Where all is recorded.</param>
    /// <param name="indices">The clients it may have, in the order in which they are made.</param>
    /// <param name="whenIdle">Told when nothing is open or waits any more.</param>
    public ClientPool(ILoadWorld world, LoadBook book, IReadOnlyList<int> indices, Action whenIdle)
    {
        _world = world;
        _book = book;
        _indices = indices;
        _whenIdle = whenIdle;
        _sendWaiting = SendWaiting;
        _look = Look;
    }

    /// <summary>True when nothing is open and nothing waits.</summary>
    public bool IsIdle => _backlog.Count == 0 && _idle.Count == _lanes.Count;

    /// <summary>Those that have an operation open.</summary>
    public IEnumerable<ClientLane> Waiting => _lanes.Where(lane => lane.Open is not null);

    /// <summary>An operation is due, unless its client holds it back.</summary>
    public void Arrive(in Invocation invocation)
    {
        Release();
        var lane = AnyLane();
        if (lane.HoldsBack(invocation))
            Hold(lane, new(DueNs: null, invocation));
        else
            _backlog.Enqueue(_book.Due(invocation));
        SendWaiting();
    }

    /// <summary>Lets one of its clients read something, once all are idle.</summary>
    /// <param name="place">Which, in the order in which they are made.</param>
    /// <param name="invocation">What to read.</param>
    public void Read(int place, in Invocation invocation)
    {
        while (_lanes.Count <= place)
            AddLane();
        var lane = _lanes[place];
        _idle.Remove(lane);
        lane.Send(_book.Due(invocation), isRequest: false);
    }

    /// <summary>A client is free again.</summary>
    public void Freed(ClientLane lane)
    {
        _idle.Add(lane);
        Release();
        if (_isClosed)
            RefuseBacklog();
        // Not from within its end: a client that answers at once would go ever deeper.
        if (_backlog.Count > 0)
            _world.Post(_sendWaiting);
        else
            _whenIdle();
    }

    /// <summary>The load is over: what was not due until now will not be.</summary>
    public void EndLoad() => _book.HeldBack(_held.RemoveAll(static held => held.Operation.DueNs is null));

    /// <summary>Clients had their time: what still waits for its turn will not be sent.</summary>
    public void Close()
    {
        _isClosed = true;
        if (_idle.Count > 0)
            RefuseBacklog();
    }

    /// <summary>Gives up on all that is open or waits.</summary>
    public void Abandon()
    {
        foreach (var lane in Waiting.ToList())
            Abandon(lane);
        if (_lanes.Count > 0)
            RefuseBacklog();
        _whenIdle();
    }

    /// <summary>The run was stopped: what waits is recorded, and what is open stays open.</summary>
    public void Stop()
    {
        EndLoad();
        if (_backlog.Count + _held.Count == 0)
            return;
        // A process with an operation open can record no other.
        if (_idle.Count == 0)
            Abandon(_lanes[0]);
        RefuseBacklog();
    }

    void Abandon(ClientLane lane)
    {
        lane.Abandon();
        _idle.Add(lane);
    }

    // One that is idle, or a new one; where all are busy and there are no more, the first.
    ClientLane AnyLane()
    {
        if (_idle.Count > 0)
            return _idle[^1];
        return _lanes.Count == _indices.Count ? _lanes[0] : AddLane();
    }

    ClientLane AddLane()
    {
        var lane = new ClientLane(_world.AddClient(_indices[_lanes.Count]), this, _book);
        _lanes.Add(lane);
        _idle.Add(lane);
        return lane;
    }

    void Hold(ClientLane lane, in DueOperation operation)
    {
        var held = new Held(lane, operation);
        _held.Add(held);
        held.Prepare(_look);
    }

    // What a client prepared may let it go, and others.
    void Look()
    {
        Release();
        SendWaiting();
    }

    // What was due once stays so, though a client that took over held it back again.
    void Release()
    {
        for (var i = 0; i < _held.Count; i++)
        {
            var (lane, operation) = (_held[i].Lane, _held[i].Operation);
            if (lane.HoldsBack(operation.Invocation))
            {
                _held[i].Prepare(_look);
                continue;
            }

            _held.RemoveAt(i--);
            _backlog.Enqueue(operation.DueNs is null ? _book.Due(operation.Invocation) : operation);
        }
    }

    void SendWaiting()
    {
        while (_backlog.Count > 0 && _idle.Count > 0)
        {
            var lane = _idle[^1];
            var operation = _backlog.Dequeue();
            // Asked again: a client that took over may know less than the one before it.
            if (lane.HoldsBack(operation.Invocation))
            {
                Hold(lane, operation);
                continue;
            }

            _idle.RemoveAt(_idle.Count - 1);
            lane.Send(operation, isRequest: !operation.Invocation.IsSession);
        }

        if (IsIdle)
            _whenIdle();
    }

    void RefuseBacklog()
    {
        foreach (var held in _held)
            _backlog.Enqueue(held.Operation);
        _held.Clear();
        var client = _idle[^1].Client;
        while (_backlog.TryDequeue(out var operation))
            _book.GiveUp(client, operation);
    }

    /// <summary>An operation that is held back.</summary>
    sealed class Held(ClientLane lane, DueOperation operation)
    {
        int? _preparedBy;

        public ClientLane Lane => lane;

        public DueOperation Operation => operation;

        // Once for each process: the one that takes over begins anew.
        public void Prepare(Action prepared)
        {
            if (_preparedBy == lane.Client.Process)
                return;
            _preparedBy = lane.Client.Process;
            lane.Prepare(operation.Invocation, prepared);
        }
    }
}
