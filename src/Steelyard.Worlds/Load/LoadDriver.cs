using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>
/// What happens to a system from outside, the same in every world: operations arrive while faults come and
/// go; then the load ends and everything is healed, clients may finish what was due, the system has its quiet
/// time, and each client makes its final reads. Every operation that was due stands in the record, those that
/// were never sent too.
/// </summary>
public sealed class LoadDriver
{
    /// <summary>The purpose of the workload's random stream.</summary>
    internal const string WorkloadStream = "workload";

    // Longest time that open operations get beyond the quiet time, and that each final read gets: a design
    // that never answers must not keep its run from ending.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    readonly OfferedLoad _load;
    readonly ILoadWorld _world;
    readonly IWorkload _workload;
    readonly SeededRandom _random;
    readonly LoadBook _book;
    readonly ClientPool[] _pools;
    readonly IEnumerator<Arrival> _arrivals;
    readonly Action _arrive;
    Action? _whenIdle;
    int _reader;

    /// <summary>Prepares a load; nothing happens yet.</summary>
    public LoadDriver(OfferedLoad load, Seed seed, ILoadWorld world)
    {
        _load = load;
        _world = world;
        _workload = load.CreateWorkload();
        _random = new(seed, WorkloadStream);
        _book = new(world);
        _pools = MakePools();
        _arrivals = load.Arrivals.Of(LoadShape.Of(load, seed)).GetEnumerator();
        _arrive = Arrive;
    }

    /// <summary>True once the last final read is done.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What became of the requests so far.</summary>
    public LoadCounts Counts => _book.Counts;

    /// <summary>Sets everything that comes from outside going.</summary>
    public void Begin()
    {
        _world.BeginFaults();
        AwaitArrival();
        After(_load.Duration, EndLoad);
    }

    /// <summary>The run is stopped, wherever it is: what was due and not sent is recorded. To be called once,
    /// also after the end.</summary>
    public void Stop()
    {
        _arrivals.Dispose();
        if (IsOver)
            return;
        foreach (var pool in _pools)
            pool.Stop();
    }

    // Clients that share what arrives stand beside the same node, so that it does not depend on who is idle
    // on which side of a partition a request is due.
    ClientPool[] MakePools()
    {
        var clients = _load.MostClients;
        if (!_load.Arrivals.IsPooled)
            return [.. Enumerable.Range(0, clients).Select(client => PoolOf([client]))];
        var nodes = Math.Min(_world.Nodes.Count, clients);
        return [.. Enumerable.Range(0, nodes).Select(node => PoolOf(
            [.. Enumerable.Range(0, (clients - node + nodes - 1) / nodes).Select(i => node + (i * nodes))]))];
    }

    ClientPool PoolOf(IReadOnlyList<int> indices) => new(_world, _book, indices, CheckIdle);

    void AwaitArrival()
    {
        if (_arrivals.MoveNext() && _arrivals.Current.DueNs < Ns(_load.Duration))
            _world.At(_arrivals.Current.DueNs, _arrive);
    }

    // Yielded at its due time even when its client is busy, so that what is asked never depends on faults.
    void Arrive()
    {
        var client = _arrivals.Current.Client;
        _pools[client % _pools.Length].Arrive(_workload.Next(TurnOf(client)));
        AwaitArrival();
    }

    Turn TurnOf(int client) => new(client, _world.Nodes[client % _world.Nodes.Count], _world.Nodes, _random);

    void EndLoad()
    {
        Mark(HistoryPhase.LoadEnd);
        _book.IsLoad = false;
        foreach (var pool in _pools)
            pool.EndLoad();
        _world.HealAll();
        Mark(HistoryPhase.Heal);
        After(_load.Settle / 2, WaitForTheLast);
    }

    void WaitForTheLast()
    {
        foreach (var pool in _pools)
            pool.Close();
        var patience = After(s_patience, GiveUpOnTheLast);
        _whenIdle = () =>
        {
            _world.Cancel(patience);
            Mark(HistoryPhase.Settled);
            // Clients that fell behind may have been busy until now: the rest of the quiet time is quiet for
            // sure.
            After(_load.Settle / 2, ReadFinally);
        };
        CheckIdle();
    }

    void GiveUpOnTheLast()
    {
        Tell(_pools);
        foreach (var pool in _pools)
            pool.Abandon();
    }

    void Tell(IEnumerable<ClientPool> pools)
    {
        var waiting = pools.SelectMany(pool => pool.Waiting).ToList();
        if (waiting.Count > 0)
            _world.GivesUp(
                [.. waiting.Select(lane => lane.Open!.Value)],
                [.. waiting.Select(lane => lane.Client.Process)]);
    }

    void CheckIdle()
    {
        if (_whenIdle is null || !Array.TrueForAll(_pools, pool => pool.IsIdle))
            return;
        var whenIdle = _whenIdle;
        _whenIdle = null;
        whenIdle();
    }

    void ReadFinally()
    {
        Mark(HistoryPhase.FinalReads);
        NextReader();
    }

    void NextReader()
    {
        if (_reader == (_load.Arrivals.IsPooled ? _load.Clients : _load.MostClients))
            IsOver = true;
        else
            Read(_pools[_reader % _pools.Length], _workload.FinalReads(TurnOf(_reader)).GetEnumerator());
    }

    void Read(ClientPool pool, IEnumerator<Invocation> reads)
    {
        if (!reads.MoveNext())
        {
            reads.Dispose();
            _reader++;
            After(TimeSpan.Zero, NextReader);
            return;
        }

        var patience = After(s_patience, () =>
        {
            Tell([pool]);
            pool.Abandon();
        });
        _whenIdle = () =>
        {
            _world.Cancel(patience);
            After(TimeSpan.Zero, () => Read(pool, reads));
        };
        pool.Read(_reader / _pools.Length, reads.Current);
    }

    TimerId After(TimeSpan time, Action action) => _world.At(_world.NowNs + Ns(time), action);

    void Mark(HistoryPhase phase) => _world.Recorder.Mark(phase, _world.NowNs);

    static long Ns(TimeSpan time) => time.Ticks * 100;
}
