using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Which instances of a part its caller thinks can be called: those that said that they are there,
/// and whose probes are answered.</summary>
internal sealed class HealthView
{
    readonly INodeWorld _world;
    readonly Edge _edge;
    readonly int _index;
    readonly NodeId[] _targets;
    readonly bool[] _isThere;
    readonly bool[] _isHealthy;
    readonly bool[] _answered;
    readonly int[] _inARow;

    public HealthView(InstanceContext context, Edge edge, int index, Part called)
    {
        (_world, _edge, _index) = (context.World, edge, index);
        _targets = context.Directory.Of(edge.To);
        _isThere = [.. _targets.Select((_, instance) => instance < called.AtStart)];
        _isHealthy = [.. _targets.Select(_ => true)];
        _answered = [.. _targets.Select(_ => true)];
        _inARow = new int[_targets.Length];
    }

    /// <summary>Counts changes: whoever keeps something of it looks whether it is still so.</summary>
    public int Version { get; private set; }

    /// <summary>Whether an instance can be called.</summary>
    public bool IsUp(int target) => _isThere[target] && _isHealthy[target];

    /// <summary>How many can be called.</summary>
    public int Up
    {
        get
        {
            var up = 0;
            for (var target = 0; target < _targets.Length; target++)
                up += IsUp(target) ? 1 : 0;
            return up;
        }
    }

    public void Begin()
    {
        if (_edge.Health is { } period)
            _world.SetTimer(_world.Random.Between(TimeSpan.Zero, period), Ask);
    }

    public void Probed(NodeId from) => _answered[Array.IndexOf(_targets, new NodeId(from.Index))] = true;

    public void Learn(Announcement news)
    {
        if (_edge.Ttl > TimeSpan.Zero)
            // A record that was looked up at any time is believed until it runs out.
            _world.SetTimer(_world.Random.Between(TimeSpan.Zero, _edge.Ttl), () => Believe(news));
        else
            Believe(news);
    }

    void Believe(Announcement news)
    {
        _isThere[news.Instance] = news.IsThere;
        (_isHealthy[news.Instance], _answered[news.Instance], _inARow[news.Instance]) = (true, true, 0);
        Version++;
    }

    void Ask()
    {
        for (var target = 0; target < _targets.Length; target++)
        {
            if (!_isThere[target])
                continue;
            Count(target);
            _answered[target] = false;
            _world.Send(_targets[target], new HealthProbe(_index));
        }

        _world.SetTimer(_edge.Health!.Value, Ask);
    }

    void Count(int target)
    {
        if (_answered[target] == _isHealthy[target])
        {
            _inARow[target] = 0;
            return;
        }

        if (++_inARow[target] < _edge.HealthThreshold)
            return;
        _isHealthy[target] = _answered[target];
        _inARow[target] = 0;
        Version++;
    }
}
