using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a queue.</summary>
internal sealed class QueueStation : Station
{
    readonly QueuePart _part;
    readonly KeptMessages _kept;
    readonly Ring<Job> _blocked = new();
    readonly SpillFile? _spill;
    int _beingTried;

    public QueueStation(InstanceContext context, QueuePart part)
        : base(context, part)
    {
        _part = part;
        _kept = context.Kept.Of<KeptMessages>();
        if (part.WhenFull == QueuePart.Spill)
            _spill = new(context, part, _kept, HandOn);
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        if (!_part.Durable)
            Lose();
        // What was being tried when it crashed is tried again.
        _kept.BeginAgain();
        Meter.Keeps(_kept.Total);
        _spill?.ReadBack();
        HandOn();
    }

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        if (_spill is { IsUsed: true } || (_spill is not null && _kept.Count >= _part.Size))
            Spill(job, _spill);
        else if (_kept.Count < (_part.Size ?? int.MaxValue))
            Accept(job);
        else if (_part.WhenFull == QueuePart.Block)
            _blocked.AddLast(job);
        else if (_part.WhenFull == QueuePart.DropOldest && _kept.TryDropOldest(out var dropped))
            Replace(dropped, job);
        else
            Refuse(job);
    }

    // Acknowledged when it is on the disk, behind what is there already.
    void Spill(Job job, SpillFile file)
    {
        var requests = job.Ask.Batch ?? [job.Ask.Request];
        if (file.Count + requests.Count > (_part.SpillSize ?? int.MaxValue))
        {
            Refuse(job);
            return;
        }

        file.Write(requests, () =>
        {
            foreach (var request in requests)
                Keep(request);
            Finish(job);
        });
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
            Keep(request);
            _kept.Add(request, Context.Account.NowNs);
        }

        Meter.Keeps(_kept.Total);
        Finish(job);
        HandOn();
    }

    void Keep(ClientRequest request)
    {
        if (request.IsWrite)
            Context.Account.Ledger.Keep(request.Id, isKept: true);
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
            Meter.Delivered(Context.Account.NowNs - message.SinceNs);
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
        Meter.Keeps(_kept.Total);
        if (_blocked.Count > 0)
            Accept(_blocked.TakeFirst());
        _spill?.ReadBack();
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

/// <summary>What a queue writes to its disk when its memory is full, and reads back in order.</summary>
internal sealed class SpillFile(InstanceContext context, QueuePart part, KeptMessages kept, Action readBack)
{
    readonly Disk _disk = new(context, part.DiskMegabytes);
    int _beingWritten;
    bool _isReading;

    /// <summary>Whether what comes must go behind what is there.</summary>
    public bool IsUsed => Count > 0;

    /// <summary>Messages that are there, or will be.</summary>
    public int Count => kept.Spilled.Count + _beingWritten;

    /// <summary>Writes requests.</summary>
    /// <param name="requests">Which.</param>
    /// <param name="done">Called when they are there.</param>
    public void Write(IReadOnlyList<ClientRequest> requests, Action done)
    {
        var sinceNs = context.Account.NowNs;
        _beingWritten += requests.Count;
        _ = _disk.Transfer((double)requests.Count * part.MessageBytes, () =>
        {
            _beingWritten -= requests.Count;
            foreach (var request in requests)
            {
                context.Meter.Spill();
                kept.Spilled.Enqueue((request, sinceNs));
            }

            context.Meter.Keeps(kept.Total);
            done();
            ReadBack();
        });
    }

    /// <summary>Reads on, when half of the memory is free.</summary>
    public void ReadBack()
    {
        var count = Math.Min(kept.Spilled.Count, part.Size!.Value - kept.Count);
        if (_isReading || kept.Spilled.Count == 0 || kept.Count > part.Size / 2)
            return;
        _isReading = true;
        _ = _disk.Transfer((double)count * part.MessageBytes, () =>
        {
            _isReading = false;
            for (; count > 0; count--)
            {
                var (request, sinceNs) = kept.Spilled.Dequeue();
                kept.Add(request, sinceNs);
            }

            readBack();
            ReadBack();
        });
    }
}

/// <summary>A message of a queue.</summary>
/// <param name="request">What for.</param>
/// <param name="sinceNs">When the queue took it.</param>
internal sealed class KeptMessage(ClientRequest request, long sinceNs)
{
    public ClientRequest Request => request;

    public long SinceNs => sinceNs;

    /// <summary>How often it was handed on.</summary>
    public int Tries { get; set; }

    public LinkedListNode<KeptMessage>? Place { get; set; }
}

/// <summary>The messages that a queue keeps: those that wait for their turn, and those being tried.</summary>
internal sealed class KeptMessages
{
    readonly LinkedList<KeptMessage> _waiting = [];
    readonly LinkedList<KeptMessage> _tried = [];

    /// <summary>Those in memory.</summary>
    public int Count => _waiting.Count + _tried.Count;

    /// <summary>Those on the disk too.</summary>
    public int Total => Count + Spilled.Count;

    /// <summary>Those on the disk for want of memory, with when they came; a crash leaves them.</summary>
    public Queue<(ClientRequest Request, long SinceNs)> Spilled { get; } = new();

    public IEnumerable<KeptMessage> All => _tried.Concat(_waiting);

    public void Add(ClientRequest request, long sinceNs)
    {
        var message = new KeptMessage(request, sinceNs);
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
