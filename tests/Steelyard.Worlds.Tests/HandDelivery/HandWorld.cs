using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.HandDelivery;

/// <summary>One life of a node in a <see cref="HandCluster{TNode}"/>.</summary>
sealed class HandWorld(
    int index, IReadOnlyList<NodeId> nodes, HandDisk disk, HandClock clock, Action<Letter> post) : INodeWorld
{
    readonly SortedDictionary<(TimeSpan Due, long Number), Action> _timers = [];
    long _timersSet;

    public NodeId Self { get; } = new(index);

    public string Name => $"n{index + 1}";

    public IReadOnlyList<NodeId> Nodes { get; } = nodes;

    public IReadOnlyList<NodeId> Peers { get; } = [.. nodes.Where(node => node.Index != index)];

    public TimeProvider Clock => clock;

    public SeededRandom Random { get; } = new(new(7), "node", index);

    public IDisk Disk { get; } = disk;

    public bool IsOver { get; private set; }

    public bool IsTraced => false;

    /// <summary>When the next timer is due, by the cluster's time; null is never.</summary>
    public TimeSpan? NextDue => _timers.Count == 0 ? null : _timers.First().Key.Due;

    public string SiteOf(NodeId node) => "here";

    public void Send(NodeId to, Message message)
    {
        if (!IsOver)
            post(new(Self, to, message));
    }

    public TimerId SetTimer(TimeSpan after, Action action)
    {
        _timers.Add((clock.Now + clock.ToTrue(after), ++_timersSet), action);
        return new(_timersSet);
    }

    public void CancelTimer(TimerId timer)
    {
        foreach (var key in _timers.Keys.Where(key => key.Number == timer.Number).ToList())
            _timers.Remove(key);
    }

    /// <summary>Runs the next timer.</summary>
    public void Ring()
    {
        var (key, action) = _timers.First();
        _timers.Remove(key);
        action();
    }

    /// <summary>Ends this life.</summary>
    public void End()
    {
        IsOver = true;
        _timers.Clear();
    }

    public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout) =>
        throw new NotSupportedException("nothing is awaited here");

    public ValueTask Delay(TimeSpan duration) => throw new NotSupportedException("nothing is awaited here");

    public void Trace(string text)
    {
    }
}

/// <summary>A message on its way.</summary>
sealed record Letter(NodeId From, NodeId To, Message Message);

/// <summary>A node's clock, which may run at a rate of its own.</summary>
sealed class HandClock : TimeProvider
{
    /// <summary>True time.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>How fast it runs: 0.9 loses a tenth.</summary>
    public double Rate { get; set; } = 1;

    /// <summary>How far its wall clock is off.</summary>
    public TimeSpan WallOffset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (Now * Rate).Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + WallOffset + (Now * Rate);

    /// <summary>How long in truth a time by this clock is.</summary>
    public TimeSpan ToTrue(TimeSpan own) => own / Rate;
}
