using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Told how a call ended.</summary>
/// <param name="caller">Which part was called.</param>
/// <param name="owner">Whose call it was.</param>
/// <param name="status">How it ended.</param>
/// <param name="reading">What was read or written.</param>
internal delegate void CallEnded(Caller caller, object? owner, CallStatus status, Reading reading);

/// <summary>
/// An instance's side of an edge: chooses instances, waits, tries again, hedges, and stops trying. Its calls
/// may have several attempts open at once; the first good answer is the call's.
/// </summary>
internal sealed class Caller
{
    const int EdgeShift = 56;

    readonly InstanceContext _context;
    readonly int _index;
    readonly CallEnded _ended;
    readonly Balancer _balancer;
    readonly HealthView? _health;
    readonly Attempts _attempts = new();
    readonly Ring<PendingCall> _waiting = new();
    readonly Stack<PendingCall> _free = new();
    readonly FixedTimers _timeouts;
    readonly FixedTimers _hedges;
    readonly EdgeRetryBudget? _budget;
    readonly CircuitBreaker? _breaker;
    readonly CallMeter _meter;
    readonly Analysis.Policies.Retries.Backoff _backoff;
    readonly int[]? _items;
    readonly TimeProvider _clock;

    // Whom it calls where there is no instance; null is nobody.
    readonly NodeId? _activator;
    int _open;
    bool _isTakingWaiting;

    public Caller(InstanceContext context, Edge edge, int index, CallEnded ended)
    {
        (_context, Edge, _index, _ended) = (context, edge, index, ended);
        Called = context.Graph.PartOf(edge.To);
        Targets = context.Directory.Of(edge.To);
        _activator = Called is ServicePart { MayBeNone: true } && context.Part is not ActivatorPart
            ? context.Directory.Of(ActivatorPart.NameFor(edge.To))[0] : null;
        _health = new(context, edge, index, Called);
        _balancer = Balancer.Of(edge, Called, _attempts, _health, context);
        _timeouts = new(context.World, OnTimeout);
        _hedges = new(context.World, OnHedge);
        _budget = edge.RetryBudget is { } share ? new(share) : null;
        _breaker = edge.Breaker is null ? null : new(edge);
        _meter = context.Account.CallsOf(context.Part.Name, index);
        _backoff = Analysis.Policies.Retries.Backoff.Named(edge.Backoff);
        _items = edge.Items?.OfKeys(context.Graph.Keys);
        _clock = context.World.Clock;
        _attempts.Size(Targets.Length + 1);
    }

    /// <summary>The edge.</summary>
    public Edge Edge { get; }

    /// <summary>The part that is called.</summary>
    public Part Called { get; }

    /// <summary>Its instances.</summary>
    public NodeId[] Targets { get; }

    /// <summary>How many of them can be called, as far as it knows.</summary>
    public int Up => _health!.Up;

    /// <summary>True where it is a cache that the caller fills and empties.</summary>
    public bool IsCache => Called is CachePart { Mode: CachePart.Aside };

    INodeWorld World => _context.World;

    long NowNs => _clock.GetTimestamp();

    /// <summary>Which of an instance's edges a call is of.</summary>
    public static int EdgeOf(long call) => (int)(call >> EdgeShift);

    /// <summary>Takes a message to an instance that calls and is not called, and has this one
    /// caller.</summary>
    /// <exception cref="UnexpectedMessageException">It is none that a caller is sent.</exception>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case CallReply reply:
                Answered(reply);
                break;
            case HealthProbeOk:
                Probed(from);
                break;
            case Announcement news:
                Learn(news);
                break;
            case DatabaseNews news:
                Learn(news);
                break;
            default:
                throw new UnexpectedMessageException(World.Self, from, message);
        }
    }

    /// <summary>Starts to ask for health, where that is wanted.</summary>
    public void Begin() => _health!.Begin();

    /// <summary>Whether a request needs this call.</summary>
    public bool IsFor(ClientRequest request) =>
        (Edge.When == Edge.All || (Edge.When == Edge.Writes) == request.IsWrite)
        && request.Key >= Edge.KeysFrom && (Edge.KeysBelow is not { } end || request.Key < end)
        && World.Random.Chance(Edge.Share);

    /// <summary>How many items a call is about.</summary>
    /// <param name="request">What for.</param>
    /// <param name="weight">How many its request is about.</param>
    public int ItemsOf(ClientRequest request, int weight) => _items is null ? weight : _items[request.Key];

    /// <summary>Makes a call.</summary>
    /// <param name="request">What for.</param>
    /// <param name="batch">The requests of a batch; null is one alone.</param>
    /// <param name="owner">Whose it is; handed back when it ends.</param>
    /// <param name="deadlineNs">Until when its owner is waited for.</param>
    /// <param name="weight">How many items each request is about; null is what the edge says.</param>
    public void Call(
        ClientRequest request, IReadOnlyList<ClientRequest>? batch, object? owner, long deadlineNs,
            int? weight = null)
    {
        var call = _free.Count > 0 ? _free.Pop() : new();
        call.Begin(request, batch, owner, deadlineNs);
        call.Weight = weight ?? ItemsOf(request, 1);
        _meter.Called();
        if (_breaker is not null && !_breaker.Lets(NowNs))
        {
            End(call, CallStatus.Broken, default);
            return;
        }

        _budget?.Called();
        if (_open >= Edge.Pool)
            _waiting.AddLast(call);
        else
            Open(call);
    }

    /// <summary>An answer came.</summary>
    public void Answered(CallReply answer)
    {
        if (_attempts.TryEnd((int)answer.Call, (int)(answer.Call >> 32) & Attempts.MostGenerations,
            out var call, out var target))
        {
            _balancer.Heard(target, answer.Status, NowNs);
            if (call.IsOpen)
                Ended(call, answer.Status, answer.Reading);
            Closed(call);
        }
    }

    /// <summary>An instance answered a probe.</summary>
    public void Probed(NodeId from) => _health!.Probed(from);

    /// <summary>An instance came or went.</summary>
    public void Learn(Announcement news)
    {
        if (news.Part == Edge.To)
            _health!.Learn(news);
    }

    /// <summary>Another instance leads, or slots have moved.</summary>
    public void Learn(DatabaseNews news)
    {
        if (news.Part == Edge.To)
            _balancer.Learn(news);
    }

    /// <summary>Tells a cache beside what was looked up or written.</summary>
    public void TellCache(Job job)
    {
        var request = job.Ask.Request;
        var to = Targets[_balancer.Choose(request, avoid: -1)];
        if (request.IsWrite)
            World.Send(to, new Invalidate(request.Key));
        else if (job.Reading.Lease != 0)
            World.Send(to, new Fill(request.Key, job.Reading));
    }

    /// <summary>Forgets all calls that are open.</summary>
    public void Reset()
    {
        _attempts.Clear();
        _waiting.Clear();
        _timeouts.Clear();
        _hedges.Clear();
        CountOpen(-_open);
    }

    void Open(PendingCall call)
    {
        CountOpen(1);
        call.IsInPool = true;
        Attempt(call, avoid: -1);
        if (Edge.Hedge is { } after && call.IsOpen)
            _hedges.Add(after, call.Ticket());
    }

    void CountOpen(int more)
    {
        _open += more;
        _meter.Open?.Uses(_context.Instance, more);
    }

    void Attempt(PendingCall call, int avoid)
    {
        // One that nobody can be found for is one as well: else it would be tried again without end.
        call.Attempts++;
        var target = _balancer.Choose(call.Request, avoid);
        if (target < 0 && _activator is not null)
            target = Targets.Length;
        if (target < 0)
        {
            if (call.Outstanding == 0)
                Ended(call, CallStatus.Unavailable, default);
            return;
        }

        var nowNs = NowNs;
        var waitsNs = Edge.Timeout is { } limit ? limit.Ticks * 100 : long.MaxValue;
        if (Edge.Deadline && call.DeadlineNs != long.MaxValue)
            waitsNs = Math.Min(waitsNs, call.DeadlineNs - nowNs);
        if (waitsNs <= 0)
        {
            Ended(call, CallStatus.TimedOut, default);
            return;
        }

        var (slot, generation) = _attempts.Begin(call, target);
        call.Outstanding++;
        // An activator is beside the instances: a hedge need not avoid it.
        call.LastTarget = target < Targets.Length ? target : -1;
        _meter.Tried(isRetry: call.Attempts > 1);
        var number = ((long)_index << EdgeShift) | ((long)generation << 32) | (uint)slot;
        World.Send(
            target < Targets.Length ? Targets[target] : _activator!.Value,
            new CallAsk(call.Request, number, waitsNs, call.Batch, call.Weight));
        if (waitsNs != long.MaxValue)
            _timeouts.Add(TimeSpan.FromTicks(waitsNs / 100), new(null, slot, generation));
    }

    void OnTimeout(Ticket ticket)
    {
        if (!_attempts.TryEnd(ticket.Slot, ticket.Generation, out var call, out var target))
            return;
        _balancer.Heard(target, CallStatus.TimedOut, NowNs);
        if (call.IsOpen)
            Ended(call, CallStatus.TimedOut, default);
        Closed(call);
    }

    void OnHedge(Ticket ticket)
    {
        if (ticket.Call is { IsOpen: true } call && call.Generation == ticket.Generation)
        {
            _meter.Hedged();
            Attempt(call, avoid: call.LastTarget);
        }
    }

    // An attempt ended while its call was open.
    void Ended(PendingCall call, CallStatus status, Reading reading)
    {
        var isGood = status is CallStatus.Ok or CallStatus.Miss;
        if (_breaker is not null && !_breaker.Heard(isGood, NowNs))
            _meter.Opened();
        if (isGood)
        {
            End(call, status, reading);
            return;
        }

        // Another attempt is still out: its answer may be good.
        if (call.Outstanding > 1)
            return;
        if (call.Attempts <= Edge.Retries && (_budget is null || _budget.TryRetry()))
            Retry(call, status);
        else
            End(call, status, default);
    }

    void Retry(PendingCall call, CallStatus status)
    {
        var wait = _backoff.Of(
            call.Retries++, call.LastWait, Edge.BackoffBase, Edge.BackoffCap, World.Random.NextDouble());
        if (Edge.Deadline && call.DeadlineNs != long.MaxValue && NowNs + (
            wait.Ticks * 100) >= call.DeadlineNs)
        {
            End(call, status, default);
            return;
        }

        call.LastWait = wait;
        if (wait == TimeSpan.Zero)
        {
            Attempt(call, avoid: -1);
            return;
        }

        var ticket = call.Ticket();
        World.SetTimer(wait, () =>
        {
            if (call.IsOpen && call.Generation == ticket.Generation)
                Attempt(call, avoid: -1);
        });
    }

    void End(PendingCall call, CallStatus status, Reading reading)
    {
        call.IsOpen = false;
        _meter.Ended(status);
        var owner = call.Owner;
        if (call.IsInPool)
        {
            call.IsInPool = false;
            CountOpen(-1);
        }

        if (call.Outstanding == 0)
            GiveBack(call);
        _ended(this, owner, status, reading);
        NextWaiting();
    }

    // The answer to one that is over frees it for another call.
    void Closed(PendingCall call)
    {
        call.Outstanding--;
        if (!call.IsOpen && call.Outstanding == 0)
            GiveBack(call);
    }

    void GiveBack(PendingCall call)
    {
        call.Forget();
        _free.Push(call);
    }

    // Not from within itself: calls that wait in vain would go ever deeper.
    void NextWaiting()
    {
        if (_isTakingWaiting)
            return;
        _isTakingWaiting = true;
        while (_waiting.Count > 0 && _open < Edge.Pool)
        {
            var next = _waiting.TakeFirst();
            if (NowNs >= next.DeadlineNs)
                End(next, CallStatus.TimedOut, default);
            else
                Open(next);
        }

        _isTakingWaiting = false;
    }
}
