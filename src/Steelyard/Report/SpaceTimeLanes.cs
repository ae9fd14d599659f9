using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>
/// The lanes of an excerpt and who stands on which. In a simulated run a lane is a node, or a client (which
/// takes a new process after each unknown outcome); in a recorded history it is a process.
/// </summary>
internal sealed class SpaceTimeLanes
{
    const int MostClients = 12;
    readonly Dictionary<int, int> _laneOfClient = [];
    readonly Dictionary<int, string> _names = [];
    readonly List<LaneData> _lanes = [];
    readonly Scenario? _scenario;

    /// <summary>Lays them out: those of the first half of the sites above their nodes, the others below, so
    /// that most messages cross few lanes.</summary>
    /// <param name="scenario">The scenario; null for a recorded history.</param>
    /// <param name="byNearness">Operations, the most interesting first: their clients get the lanes.</param>
    public SpaceTimeLanes(Scenario? scenario, IEnumerable<Operation> byNearness)
    {
        _scenario = scenario;
        var homes = new SortedDictionary<int, string?>();
        var left = new HashSet<int>();
        foreach (var operation in byNearness)
        {
            _names.TryAdd(operation.Process, operation.ProcessName);
            if (homes.ContainsKey(ClientOf(operation.Process)) || homes.Count < MostClients)
                homes[ClientOf(operation.Process)] = operation.Node;
            else
                left.Add(ClientOf(operation.Process));
        }

        ClientsLeftOut = left.Count;
        AddSites(homes);
    }

    /// <summary>All lanes, from top to bottom; nodes first have index order within their site.</summary>
    public IReadOnlyList<LaneData> Lanes => _lanes;

    /// <summary>Clients with operations nearby that got no lane.</summary>
    public int ClientsLeftOut { get; }

    /// <summary>The lane of a process, or null when it has none.</summary>
    public int? OfProcess(int process) =>
        _laneOfClient.TryGetValue(ClientOf(process), out var lane) ? lane : null;

    /// <summary>The lane of a node or client by its address, or null when it has none.</summary>
    public int? OfAddress(NodeId address)
    {
        var nodes = _scenario!.Cluster.Nodes;
        if (address.Index >= nodes.Count)
            return OfProcess(address.Index - nodes.Count);
        var name = nodes[address.Index].Name;
        return _lanes.FindIndex(l => l.Kind == "node" && l.Name == name);
    }

    int ClientOf(int process) => _scenario is null ? process : process % _scenario.Load.MostClients;

    void AddSites(SortedDictionary<int, string?> homes)
    {
        var nodes = _scenario?.Cluster.Nodes ?? [];
        var sites = nodes.Select(n => n.Site).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < sites.Count; i++)
        {
            var site = sites[i];
            var here = nodes.Where(n => n.Site == site).Select(n => n.Name).ToList();
            var clientsFirst = i < (sites.Count + 1) / 2;
            if (clientsFirst)
                AddClients(homes.Where(h => h.Value is { } home && here.Contains(home)), site);
            _lanes.AddRange(here.Select(name => new LaneData(name, "node", site)));
            if (!clientsFirst)
                AddClients(homes.Where(h => h.Value is { } home && here.Contains(home)), site);
        }

        AddClients(homes.Where(h => !_laneOfClient.ContainsKey(h.Key)).ToList(), "processes");
    }

    void AddClients(IEnumerable<KeyValuePair<int, string?>> clients, string group)
    {
        foreach (var (client, _) in clients)
        {
            _laneOfClient[client] = _lanes.Count;
            _lanes.Add(new(_scenario is null ? $"process {_names[client]}" : "client"
                + $" {client}", "client", group));
        }
    }
}
