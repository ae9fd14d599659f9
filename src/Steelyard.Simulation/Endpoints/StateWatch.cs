using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Endpoints;

/// <summary>Looks at nodes after what happens to them, and tells of those that show something else than
/// before. Where nobody watches it is not there, and costs nothing.</summary>
internal sealed class StateWatch(SimulatedRun run, IStateSink sink)
{
    readonly (NodeStatus Status, StateSheet Sheet)?[] _last =
        new (NodeStatus, StateSheet)?[run.NodeIds.Length];
    StateSheet _sheet = new();

    /// <summary>Something happened to a node, or by it.</summary>
    public void Look(int node)
    {
        var host = run.Nodes[node];
        host.Show(_sheet);
        if (_last[node] is var (status, sheet) && status == host.Status && _sheet.IsSameAs(sheet))
            return;
        sink.Showed(
            run.Scheduler.NowNs, run.NodeIds[node], new(host.Name, host.Status, _sheet.Values));
        var free = _last[node]?.Sheet ?? new();
        _last[node] = (host.Status, _sheet);
        _sheet = free;
    }
}
