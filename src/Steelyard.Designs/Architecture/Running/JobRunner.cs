using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Runs a batch job.</summary>
internal sealed class JobRunner : INode
{
    readonly InstanceContext _context;
    readonly JobPart _part;
    readonly JobProgress _progress;
    readonly Caller _caller;
    int _next;
    int _open;
    bool _isNoting;

    public JobRunner(InstanceContext context, JobPart part)
    {
        (_context, _part) = (context, part);
        _progress = context.Kept.Of<JobProgress>();
        _caller = new(context, part.Calls[0], 0, OnEnded);
    }

    INodeWorld World => _context.World;

    // Nothing is handed on beyond the next checkpoint before it is made.
    int Barrier => _part.Checkpoint is { } every
        ? (int)Math.Min(_part.Records, (long)_progress.Noted + every) : _part.Records;

    /// <inheritdoc/>
    public void Start()
    {
        _context.Meter.Begin(workers: null);
        _caller.Begin();
        if (!_progress.HasBegun)
            _progress.Begin(_context.Account, _part);
        _next = _progress.Noted;
        HandOn();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message) => _caller.Receive(from, message);

    void HandOn()
    {
        while (_open < _part.AtOnce && _next < Barrier)
        {
            var to = Math.Min(Barrier, _next + _part.Chunk);
            var records = Enumerable.Range(_next, to - _next);
            var chunk = new Chunk(_next, [.. records.Select(_progress.RequestOf)]);
            _next = to;
            _open++;
            _context.Meter.Works(1);
            _context.Meter.DidAgain(_progress.HandedOn(chunk.From, to));
            Call(chunk);
        }
    }

    void Call(Chunk chunk) => _caller.Call(chunk.Requests[^1], chunk.Requests, chunk, long.MaxValue);

    void OnEnded(Caller caller, object? owner, CallStatus status, Reading reading)
    {
        var chunk = (Chunk)owner!;
        if (status != CallStatus.Ok)
        {
            World.SetTimer(_part.Again, () => Call(chunk));
            return;
        }

        _open--;
        _context.Meter.Works(-1);
        for (var at = 0; at < chunk.Requests.Count; at++)
            _progress.Done(_context.Account, chunk.Requests[at], chunk.From + at, reading);
        HandOn();
        if (_open == 0 && !_isNoting && _progress.Noted < _next)
            Note();
    }

    void Note()
    {
        _isNoting = true;
        World.SetTimer(TimeSpan.FromTicks(_part.CheckpointTime.SampleNs(World.Random) / 100), () =>
        {
            _isNoting = false;
            _progress.Noted = _next;
            _context.Meter.Checkpoint();
            HandOn();
        });
    }

    /// <summary>Records that are handed on as one.</summary>
    sealed record Chunk(int From, IReadOnlyList<ClientRequest> Requests);
}

/// <summary>How far a job is; a crash of it changes nothing of that.</summary>
internal sealed class JobProgress
{
    int[] _operations = [];
    bool[] _isDone = [];
    long _firstId;
    long _dueNs;
    int _keys;
    int _handedOn;

    /// <summary>Whether it has been started.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>How many records, from the first on, a checkpoint says are done.</summary>
    public int Noted { get; set; }

    /// <summary>All records are due now.</summary>
    public void Begin(Measuring.ArchitectureAccount account, JobPart part)
    {
        (HasBegun, _dueNs, _keys) = (true, account.NowNs, part.Keys);
        (_operations, _isDone) = (new int[part.Records], new bool[part.Records]);
        for (var record = 0; record < part.Records; record++)
        {
            var id = account.NextRequest();
            _firstId = record == 0 ? id : _firstId;
            _operations[record] = account.Due(RequestOf(record));
        }
    }

    /// <summary>A record as a request: whenever it is done, it is the same one.</summary>
    public ClientRequest RequestOf(int record) => new()
    {
        Id = _firstId + record, IsWrite = true, Key = record % _keys, Session = -1, DueNs = _dueNs,
    };

    /// <summary>Records are handed on.</summary>
    /// <returns>How many of them had been handed on before.</returns>
    public int HandedOn(int from, int to)
    {
        var again = Math.Clamp(_handedOn - from, 0, to - from);
        _handedOn = Math.Max(_handedOn, to);
        return again;
    }

    /// <summary>A record is done; its end counts when it is the first.</summary>
    public void Done(
        Measuring.ArchitectureAccount account, ClientRequest request, int record, Reading reading)
    {
        if (_isDone[record])
            return;
        _isDone[record] = true;
        account.Ended(request, _operations[record], CallStatus.Ok, reading);
    }
}
