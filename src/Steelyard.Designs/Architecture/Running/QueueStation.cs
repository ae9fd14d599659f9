using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a queue.</summary>
internal sealed class QueueStation : Station
{
    readonly QueuePart _part;
    readonly KeptMessages _kept;
    readonly Ring<Job> _blocked = new();
    int _beingTried;

    public QueueStation(InstanceContext context, QueuePart part)
        : base(context, part)
    {
        _part = part;
        _kept = context.Kept.Of<KeptMessages>();
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        if (!_part.Durable)
            Lose();
        // What was being tried when it crashed is tried again.
        _kept.BeginAgain();
        Meter.Keeps(_kept.Count);
        HandOn();
    }

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        if (_kept.Count < (_part.Size ?? int.MaxValue))
            Accept(job);
        else if (_part.WhenFull == QueuePart.Block)
            _blocked.AddLast(job);
        else if (_part.WhenFull == QueuePart.DropOldest && _kept.TryDropOldest(out var dropped))
            Replace(dropped, job);
        else
            Refuse(job);
    }

    void Refuse(Job job)
    {
        job.Status = CallStatus.Full;
        Finish(job);
    }

    void Replace(KeptMessage dropped, Job job)
    {
        Meter.Drop();
        Forget(dropped);
        Accept(job);
    }

    void Accept(Job job)
    {
        foreach (var request in job.Ask.Batch ?? [job.Ask.Request])
        {
            if (request.IsWrite)
                Context.Account.Ledger.Keep(request.Id, isKept: true);
            _kept.Add(request);
        }

        Meter.Keeps(_kept.Count);
        Finish(job);
        HandOn();
    }

    void HandOn()
    {
        while (_beingTried < _part.Consumers && _kept.TryTakeNext(out var message))
        {
            _beingTried++;
            message.Tries++;
            Callers[0].Call(message.Request, batch: null, message, long.MaxValue);
        }
    }

    /// <inheritdoc/>
    protected override void Other(object owner, CallStatus status, Reading reading)
    {
        var message = (KeptMessage)owner;
        _beingTried--;
        if (status == CallStatus.Ok)
        {
            Done(message);
        }
        else if (message.Tries >= _part.Attempts)
        {
            Meter.DeadLetter();
            Done(message);
        }
        else
        {
            World.SetTimer(_part.Redeliver, () =>
            {
                _kept.TryAgain(message);
                HandOn();
            });
        }

        HandOn();
    }

    void Done(KeptMessage message)
    {
        _kept.Remove(message);
        Forget(message);
        Meter.Keeps(_kept.Count);
        if (_blocked.Count > 0)
            Accept(_blocked.TakeFirst());
    }

    void Forget(KeptMessage message)
    {
        if (message.Request.IsWrite)
            Context.Account.Ledger.Keep(message.Request.Id, isKept: false);
    }

    void Lose()
    {
        foreach (var message in _kept.All)
            Forget(message);
        _kept.Clear();
    }
}

/// <summary>A message of a queue.</summary>
internal sealed class KeptMessage(Request request)
{
    public Request Request => request;

    /// <summary>How often it was handed on.</summary>
    public int Tries { get; set; }

    public LinkedListNode<KeptMessage>? Place { get; set; }
}

/// <summary>The messages that a queue keeps: those that wait for their turn, and those being tried.</summary>
internal sealed class KeptMessages
{
    readonly LinkedList<KeptMessage> _waiting = [];
    readonly LinkedList<KeptMessage> _tried = [];

    public int Count => _waiting.Count + _tried.Count;

    public IEnumerable<KeptMessage> All => _tried.Concat(_waiting);

    public void Add(Request request)
    {
        var message = new KeptMessage(request);
        message.Place = _waiting.AddLast(message);
    }

    public bool TryTakeNext(out KeptMessage message)
    {
        message = _waiting.First?.Value!;
        if (message is null)
            return false;
        _waiting.RemoveFirst();
        message.Place = _tried.AddLast(message);
        return true;
    }

    public bool TryDropOldest(out KeptMessage dropped)
    {
        dropped = _waiting.First?.Value!;
        if (dropped is null)
            return false;
        _waiting.RemoveFirst();
        dropped.Place = null;
        return true;
    }

    public void TryAgain(KeptMessage message)
    {
        Remove(message);
        message.Place = _waiting.AddFirst(message);
    }

    public void Remove(KeptMessage message)
    {
        message.Place?.List?.Remove(message.Place);
        message.Place = null;
    }

    /// <summary>Whoever tried them is gone.</summary>
    public void BeginAgain()
    {
        for (var last = _tried.Last; last is not null; last = _tried.Last)
            TryAgain(last.Value);
    }

    public void Clear()
    {
        _waiting.Clear();
        _tried.Clear();
    }
}
