using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.HandDelivery;

/// <summary>
/// Nodes whose messages a test delivers by hand, in the order it likes, or never; time goes on when the test
/// says so.
/// </summary>
/// <typeparam name="TNode">What each node is.</typeparam>
sealed class HandCluster<TNode>
    where TNode : INode
{
    readonly Func<INodeWorld, TNode> _create;
    readonly NodeId[] _ids;
    readonly HandWorld[] _worlds;
    readonly TNode[] _nodes;
    readonly HandDisk[] _disks;
    readonly HandClock[] _clocks;
    readonly bool[] _isDown;

    public HandCluster(int nodes, Func<INodeWorld, TNode> create)
    {
        _create = create;
        _ids = [.. Enumerable.Range(0, nodes).Select(i => new NodeId(i))];
        _worlds = new HandWorld[nodes];
        _nodes = new TNode[nodes];
        _disks = [.. _ids.Select(_ => new HandDisk())];
        _clocks = [.. _ids.Select(_ => new HandClock())];
        _isDown = new bool[nodes];
        for (var i = 0; i < nodes; i++)
            Begin(i);
    }

    /// <summary>What is on its way, oldest first.</summary>
    public List<Letter> Letters { get; } = [];

    /// <summary>What was sent to nobody of the cluster: to clients.</summary>
    public List<Letter> Answers { get; } = [];

    /// <summary>The time.</summary>
    public TimeSpan Now { get; private set; }

    public TNode this[int node] => _nodes[node];

    public HandDisk DiskOf(int node) => _disks[node];

    public HandClock ClockOf(int node) => _clocks[node];

    /// <summary>Letters from one node to another.</summary>
    public IEnumerable<Letter> Between(int from, int to) =>
        Letters.Where(letter => letter.From.Index == from && letter.To.Index == to);

    /// <summary>Does something at a node, and what its disk has to do then.</summary>
    public void Do(Action action)
    {
        action();
        while (_disks.Any(disk => disk.Work()))
        {
        }
    }

    /// <summary>Lets time go on; messages wait, timers ring.</summary>
    public void Advance(double milliseconds)
    {
        var end = Now + TimeSpan.FromMilliseconds(milliseconds);
        while (NextToRing() is { } next && next.NextDue <= end)
        {
            SetTime(next.NextDue!.Value);
            Do(next.Ring);
        }

        SetTime(end);
    }

    /// <summary>Delivers one message, which stays deliverable if it is a copy.</summary>
    public void Deliver(Letter letter)
    {
        Letters.Remove(letter);
        if (!_isDown[letter.To.Index])
            Do(() => _nodes[letter.To.Index].Receive(letter.From, letter.Message));
    }

    /// <summary>Delivers what there is among some nodes, and what they send then, until nothing is left; all
    /// that others sent or were sent stays.</summary>
    public void DeliverAmong(params int[] nodes)
    {
        while (Letters.Find(letter =>
            nodes.Contains(letter.From.Index) && nodes.Contains(letter.To.Index)) is { } next)
            Deliver(next);
    }

    /// <summary>Lets time go on in small steps while messages among some nodes arrive at once, and all others
    /// are lost.</summary>
    public void Run(double milliseconds, params int[] nodes)
    {
        for (var left = milliseconds; left > 0; left -= 10)
        {
            Advance(Math.Min(left, 10));
            DeliverAmong(nodes);
            Letters.Clear();
        }
    }

    public void Crash(int node)
    {
        _isDown[node] = true;
        _worlds[node].End();
        _disks[node].Crash();
    }

    public void Restart(int node)
    {
        _isDown[node] = false;
        Begin(node);
    }

    void Begin(int node)
    {
        _worlds[node] = new(node, _ids, _disks[node], _clocks[node], Post);
        _nodes[node] = _create(_worlds[node]);
        Do(_nodes[node].Start);
    }

    void Post(Letter letter) => (letter.To.Index < _ids.Length ? Letters : Answers).Add(letter);

    HandWorld? NextToRing() =>
        _worlds.Where(world => world.NextDue is not null).MinBy(world => world.NextDue);

    void SetTime(TimeSpan now)
    {
        Now = now;
        foreach (var clock in _clocks)
            clock.Now = now;
    }
}
