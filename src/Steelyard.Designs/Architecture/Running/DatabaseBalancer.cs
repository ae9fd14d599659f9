using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Writes go to the primary of a key's shard, reads to where they may be read.</summary>
internal sealed class DatabaseBalancer : Balancer
{
    readonly DatabasePart _database;
    readonly Edge _edge;
    readonly INodeWorld _world;
    readonly int _keys;
    readonly int[] _primary;
    readonly int[] _epoch;
    readonly int[] _turn;
    readonly Dictionary<int, long> _wroteNs = [];

    // Where slots are that are not at home any more; null where none may move.
    readonly Dictionary<int, int>? _moved;

    public DatabaseBalancer(
        DatabasePart database, Edge edge, Attempts attempts, HealthView health, InstanceContext context)
        : base(attempts, health, database.MostInstances)
    {
        (_database, _edge, _world, _keys) = (database, edge, context.World, context.Graph.Keys);
        _primary = [.. Enumerable.Range(0, database.AllShards).Select(shard => shard * Copies)];
        _epoch = new int[database.AllShards];
        _turn = new int[database.AllShards];
        _moved = database.Rebalances ? [] : null;
    }

    int Copies => 1 + _database.Replicas;

    public override void Learn(DatabaseNews news)
    {
        if (news is Promoted promoted)
            Follow(promoted);
        else if (news is SlotsMoved moved)
            foreach (var slot in moved.Slots)
                _moved![slot] = moved.Shard;
    }

    void Follow(Promoted news)
    {
        if (news.Epoch <= _epoch[news.Shard])
            return;
        _epoch[news.Shard] = news.Epoch;
        _primary[news.Shard] = news.Instance;
    }

    protected override int Pick(ClientRequest request, int avoid)
    {
        var shard = _moved is not null && _moved.TryGetValue(_database.SlotOf(request.Key, _keys), out var to)
            ? to : _database.ShardOf(request.Key, _keys);
        if (request.IsWrite)
        {
            if (_edge.ReadFrom == "own" && request.Session >= 0)
                _wroteNs[request.Session] = _world.Clock.GetTimestamp();
            return Up(_primary[shard]);
        }

        return _edge.ReadFrom switch
        {
            "replicas" => Replica(shard, avoid),
            "any" => Any(shard, avoid),
            "own" when HasJustWritten(request.Session) => Up(_primary[shard]),
            "own" => Replica(shard, avoid),
            _ => Up(_primary[shard]),
        };
    }

    bool HasJustWritten(int session) => _wroteNs.TryGetValue(session, out var thenNs)
        && _world.Clock.GetTimestamp() - thenNs < _edge.OwnFor.Ticks * 100;

    int Up(int target) => IsUp(target) ? target : -1;

    int Replica(int shard, int avoid)
    {
        for (var tries = 0; tries < Copies; tries++)
        {
            var target = Next(shard);
            if (target != _primary[shard] && target != avoid && IsUp(target))
                return target;
        }

        // Where there is none, or none that is up, the primary has it too.
        return Up(_primary[shard]);
    }

    int Any(int shard, int avoid)
    {
        for (var tries = 0; tries < Copies; tries++)
        {
            var target = Next(shard);
            if (target != avoid && IsUp(target))
                return target;
        }

        return -1;
    }

    int Next(int shard) => (shard * Copies) + (_turn[shard] = (_turn[shard] + 1) % Copies);
}
