using Steelyard.Histories;
using Steelyard.Simulation.Disks;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Endpoints;

/// <summary>
/// The world's side of a server: whether it is up, held still or slow, its disk, and the node object of its
/// present life. A node that is down loses its messages; one that is held still keeps them, with its timers,
/// in order.
/// </summary>
internal sealed class NodeHost : Endpoint, IFaultableNode
{
    readonly Queue<Event> _held = new();
    readonly NodeSpec _spec;

    // None while messages cost nothing: then each is handled at once, and ten thousand nodes are lighter.
    NodeProcessor? _processor;
    INode? _node;

    // What messages reach: the node itself, or what stands before it.
    INode? _front;

    // Faults in force here.
    readonly HoldMarks _crashes = new();
    readonly HoldMarks _drains = new();
    readonly List<EffectMark> _pauses = [];
    bool _isGone;
    bool _stopped;

    public NodeHost(SimulatedRun run, int index, NodeSpec spec)
        : base(run, index, "node")
    {
        _spec = spec;
        if (run.Scenario.Cluster.ProcessingTime > TimeSpan.Zero)
            _processor = NewProcessor();
        Disk = new(this, run.Scenario.Cluster.SyncTime, new(run.Seed, "disk", index));
    }

    /// <inheritdoc/>
    public override string Name => _spec.Name;

    public SimulatedDisk Disk { get; }

    /// <summary>True while it believes that it leads, and is up to say so.</summary>
    public bool IsLeader => !IsDown && _node is ILeaderRole { IsLeader: true };

    /// <summary>Writes down what there is to see of it now.</summary>
    /// <param name="sheet">Where to.</param>
    public void Show(StateSheet sheet)
    {
        sheet.Clear();
        if (!IsDown && _node is IShowsState shows)
            shows.ShowState(sheet);
    }

    /// <summary>Whether it is up.</summary>
    public NodeStatus Status => IsDown ? NodeStatus.Down : IsHeld ? NodeStatus.Paused : NodeStatus.Up;

    /// <summary>Asks it for a change of its cluster, if it is there to be asked and believes that it
    /// leads.</summary>
    public void AskToChange(MembershipChange change, Action<MembershipOutcome> done)
    {
        if (!IsHeld && _node is IReconfigurable cluster and ILeaderRole { IsLeader: true })
            cluster.Change(change, done);
        else
            done(MembershipOutcome.NotLeader);
    }

    /// <summary>The version of its code that the next life runs.</summary>
    public int Version { get; private set; } = 1;

    // A host that drains is up until it has finished.
    bool IsDown => _stopped || _crashes.Count > 0 || _isGone || (_drains.Count > 0 && _node is null);

    bool IsHeld => _pauses.Count > 0 || IsDown;

    /// <summary>Begins a life: at birth, and when the last crash is over.</summary>
    public void Start()
    {
        try
        {
            _front = Run.Deployment.CreateNode(new NodeWorld(this));
            _node = _front is IOuterNode outer ? outer.Inner : _front;
            _front.Start();
        }
        catch (NodeStoppedException stop)
        {
            Stop(stop);
        }
        catch (Exception failure) when (failure is not NodeFailedException)
        {
            throw new NodeFailedException(Name, Scheduler.NowNs, Scheduler.Events, failure);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Overlapping crashes end when the last one does.</remarks>
    public Action Crash(CrashLoss loses, bool torn, EffectMark effect)
    {
        if (!IsDown)
            effect.Set();
        _crashes.Add(effect);
        Fall(loses, torn, effect);
        Look();
        return () =>
        {
            var wasLongest = _crashes.Remove(effect, Scheduler.NowNs);
            ComeBack(effect, wasLongest);
        };
    }

    void Fall(CrashLoss loses, bool torn, EffectMark effect)
    {
        // Whatever a crash spares, it never spares messages: they sat in buffers of a machine that is gone.
        DropHeldMessages();
        if (loses == CrashLoss.Nothing)
            return;
        EndLife();
        _node = null;
        _held.Clear();
        Disk.Crash(torn);
        if (loses == CrashLoss.Disk && Disk.Wipe())
            effect.Set();
    }

    /// <summary>
    /// It gave up on purpose, and stays down: nobody would start it again before its disk is seen to, unless
    /// it says that it may be. Its disk is as it left it, since only the process ended.
    /// </summary>
    public void Stop(NodeStoppedException stop)
    {
        if (stop.MayStartAgain)
            _isGone = true;
        else
            _stopped = true;
        DropHeldMessages();
        EndLife();
        _node = null;
        _held.Clear();
        Run.History.Add(
            new()
            {
                TimeNs = Scheduler.NowNs,
                Phase = FaultPhase.Instant,
                Kind = FaultEvent.Stopped,
                Description = $"{Name} stopped itself: {stop.Message}",
                Nodes = [Name],
            });
        Look();
    }

    void Look() => Run.Watch?.Look(Index);

    /// <inheritdoc/>
    /// <remarks>It goes down when it has finished; if it has not when the drain ends, it starts anew as soon
    /// as it has.</remarks>
    public Action Drain(int? version, EffectMark effect)
    {
        if (!IsDown)
            effect.Set();
        _drains.Add(effect);
        if (_drains.Count == 1)
            BeginToStop();
        return () =>
        {
            var wasLongest = _drains.Remove(effect, Scheduler.NowNs);
            Version = version ?? Version;
            ComeBack(effect, wasLongest);
        };
    }

    // A fault that began when the node was down already has had an effect when it kept it down for longer.
    void ComeBack(EffectMark effect, bool wasLongest)
    {
        _isGone = false;
        if (wasLongest && !IsDown)
            effect.Set();
        GoOn();
    }

    void BeginToStop()
    {
        if (_node is null)
            return;
        var life = Incarnation;
        if (_node is IDrainingNode draining)
            draining.Drain(() => Leave(life));
        else
            Leave(life);
    }

    /// <inheritdoc/>
    public Action Pause(EffectMark effect)
    {
        _pauses.Add(effect);
        Look();
        return () =>
        {
            _pauses.Remove(effect);
            GoOn();
        };
    }

    NodeProcessor NewProcessor() => new(Scheduler, Run.Scenario.Cluster.ProcessingTime);

    /// <inheritdoc/>
    public Action Slow(TimeSpan perMessage, EffectMark effect) =>
        (_processor ??= NewProcessor()).Slow(perMessage, effect);

    /// <inheritdoc/>
    public Action Degrade(string how, double by, EffectMark effect) =>
        (!IsDown && _node is IDegradableNode node ? node.Degrade(how, by, effect) : null) ?? (static () =>
            { });

    /// <inheritdoc/>
    public void JumpClock(TimeSpan by, EffectMark effect) => Clock.Jump(by, effect);

    /// <inheritdoc/>
    public Action DriftClock(int partsPerMillion, EffectMark effect)
    {
        Clock.BeginDrift(partsPerMillion, effect);
        return () => Clock.EndDrift(partsPerMillion, effect);
    }

    /// <inheritdoc/>
    public Action FillDisk(EffectMark effect) => Disk.Fill(effect);

    /// <inheritdoc/>
    public Action SlowDisk(EffectMark effect) => Disk.Slow(effect);

    /// <inheritdoc/>
    public void CorruptDisk(EffectMark effect) => Disk.Corrupt(effect);

    /// <inheritdoc/>
    public void MisdirectWrite(EffectMark effect) => Disk.MisdirectNext(effect);

    /// <inheritdoc/>
    public override void Handle(in Event due)
    {
        switch (due.Kind)
        {
            case EventKind.Deliver:
                Arrive(due);
                break;
            case EventKind.Drain:
                Drain(due);
                break;
            case EventKind.Synced when due.Stamp == Incarnation:
                // The disk works on while its process is held still; only the news of it waits.
                Disk.Finish(due);
                HandleOrHold(due);
                break;
            case EventKind.Process when _processor!.TryFinish(due):
            case EventKind.Timer when Timers.IsSet(due):
                HandleOrHold(due);
                break;
        }
    }

    // Only the process ends: its disk is as it left it.
    void Leave(int life)
    {
        if (life != Incarnation)
            return;
        DropHeldMessages();
        EndLife();
        _node = null;
        _held.Clear();
        GoOn();
    }

    void Arrive(in Event due)
    {
        if (!Network.Arrives(due))
        {
            Scheduler.Count(due);
            return;
        }

        if (IsDown)
        {
            Scheduler.Count(due);
            Network.Down(due);
            return;
        }

        Network.Reached(due);
        HandleOrHold(due);
    }

    void HandleOrHold(in Event due)
    {
        // What was held goes first, so that the order of a link survives a pause.
        if (!IsHeld && _held.Count == 0)
        {
            Happen(due);
            return;
        }

        if (_pauses.Count > 0 && !IsDown)
            _pauses.ForEach(static pause => pause.Set());
        _held.Enqueue(due);
    }

    void Happen(in Event due)
    {
        if (due.Kind == EventKind.Timer)
        {
            FireTimer(due);
            return;
        }

        Scheduler.Count(due);
        switch (due.Kind)
        {
            case EventKind.Synced:
                SimulatedDisk.Tell(due);
                break;
            case EventKind.Deliver when _processor is { IsFree: false } processor:
                processor.Take(due);
                break;
            default:
                Receive(due);
                break;
        }
    }

    void Receive(in Event due)
    {
        var message = (Message)due.Subject!;
        if (due.To.Call == 0)
        {
            Network.Counted(delivered: true);
            _front!.Receive(due.From, message);
        }
        else
        {
            Network.Counted(Reply(due.To.Call, message));
        }
    }

    void Drain(in Event due)
    {
        if (due.Stamp != Incarnation || IsHeld || !_held.TryDequeue(out var held))
            return;
        Happen(held);
        ScheduleDrain();
    }

    void GoOn()
    {
        if (!IsHeld)
        {
            if (_node is null)
                Start();
            ScheduleDrain();
        }

        Look();
    }

    void ScheduleDrain()
    {
        if (_held.Count > 0)
            Scheduler.At(Scheduler.NowNs,
                new() { Kind = EventKind.Drain, To = new(Index), Stamp = Incarnation });
    }

    void DropHeldMessages()
    {
        for (var left = _processor?.Drop() ?? 0; left > 0; left--)
            Network.Counted(delivered: false);
        for (var left = _held.Count; left > 0; left--)
        {
            var held = _held.Dequeue();
            if (held.Subject is Message)
                Network.Counted(delivered: false);
            else
                _held.Enqueue(held);
        }
    }
}
