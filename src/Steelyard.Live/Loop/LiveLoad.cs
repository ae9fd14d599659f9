using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Loop;

/// <summary>The live world as the load sees it.</summary>
internal sealed class LiveLoad : ILoadWorld
{
    readonly Scenario _scenario;
    readonly LiveLoop _loop;
    readonly EngineCluster _cluster;
    readonly LiveFaultInjector _faults;
    readonly ClientFarm _clients;
    readonly LoadDriver _driver;

    public LiveLoad(
        Scenario scenario, Seed seed, LiveLoop loop, EngineCluster cluster, LiveFaultInjector faults,
        ClientFarm clients, IOperationRecorder recorder)
    {
        _scenario = scenario;
        _loop = loop;
        _cluster = cluster;
        _faults = faults;
        _clients = clients;
        Recorder = recorder;
        Nodes = [.. Enumerable.Range(0, cluster.Nodes.Count).Select(index => new NodeId(index))];
        _driver = new(scenario.Load, seed, this);
    }

    /// <summary>True once the last final read is done.</summary>
    public bool IsOver => _driver.IsOver;

    /// <summary>What became of the requests so far.</summary>
    public LoadCounts Counts => _driver.Counts;

    /// <inheritdoc/>
    public long NowNs => _loop.NowNs;

    /// <inheritdoc/>
    public IOperationRecorder Recorder { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NodeId> Nodes { get; }

    /// <inheritdoc/>
    public string NameOf(NodeId node) => _scenario.Cluster.Nodes[node.Index].Name;

    /// <inheritdoc/>
    public ILoadClient AddClient(int index) =>
        new LiveClient(index, _scenario.Load.MostClients, Nodes[index % Nodes.Count], _cluster, _clients);

    /// <inheritdoc/>
    public TimerId At(long timeNs, Action action) => _loop.At(timeNs, action);

    /// <inheritdoc/>
    public void Cancel(TimerId timer) => _loop.Cancel(timer);

    /// <inheritdoc/>
    public void Post(Action action) => _loop.Post(static posted => ((Action)posted!)(), action);

    /// <inheritdoc/>
    public void BeginFaults() => _faults.Begin();

    /// <inheritdoc/>
    public void HealAll() => _faults.HealAll();

    /// <inheritdoc/>
    public void GivesUp(IReadOnlyList<int> operations, IReadOnlyList<int> processes)
    {
    }

    /// <summary>Sets everything that comes from outside going.</summary>
    public void Begin() => _driver.Begin();

    /// <summary>The run ends, perhaps before its time.</summary>
    public void Stop() => _driver.Stop();
}
