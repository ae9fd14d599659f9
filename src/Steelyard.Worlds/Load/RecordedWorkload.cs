using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>An operation as it was, or is to be, due.</summary>
/// <param name="DueNs">When it is due, in ns of the run; of no meaning for a final read.</param>
/// <param name="Client">Whose it is, 0-based.</param>
/// <param name="Invocation">What to ask.</param>
public readonly record struct RecordedOperation(long DueNs, int Client, Invocation Invocation);

/// <summary>
/// A load as a list of who asks what and when. Taken from a run's history it does the same run again; with
/// some operations left out, the run that the others make.
/// </summary>
public sealed class RecordedWorkload
{
    readonly Dictionary<int, RecordedOperation[]> _finalReads;

    /// <summary>A load of some operations.</summary>
    /// <param name="operations">What is due, in any order; of those due at one time the first comes
    /// first.</param>
    /// <param name="finalReads">What each client reads at the end; null is nothing.</param>
    public RecordedWorkload(
        IReadOnlyList<RecordedOperation> operations, IReadOnlyList<RecordedOperation>? finalReads = null)
    {
        Operations = [.. operations.OrderBy(operation => operation.DueNs)];
        FinalReads = finalReads ?? [];
        _finalReads = FinalReads.GroupBy(read => read.Client).ToDictionary(
            reads => reads.Key, reads => reads.ToArray());
    }

    /// <summary>What is due, in order of time.</summary>
    public IReadOnlyList<RecordedOperation> Operations { get; }

    /// <summary>What clients read at the end, each in its order.</summary>
    public IReadOnlyList<RecordedOperation> FinalReads { get; }

    /// <summary>
    /// The load that a run of a scenario had, as its history tells: what a client held back stands where it
    /// was due, and what it held back to the end is missing. See <see cref="Drawn"/> for those.
    /// </summary>
    /// <exception cref="UserMistakeException">An operation asks a node that the scenario has not.</exception>
    public static RecordedWorkload Of(History history, Scenario scenario)
    {
        var nodes = scenario.Cluster.Nodes.Select((node, index) => (node.Name, Node: new NodeId(index)))
            .ToDictionary(pair => pair.Name, pair => pair.Node, StringComparer.Ordinal);
        var clients = scenario.Load.MostClients;
        var finals = history.Phases.FinalReads?.Position ?? int.MaxValue;
        var recorded = history.Operations.ToLookup(
            operation => operation.InvokedAt > finals,
            operation => new RecordedOperation(
                operation.IntendedNs, operation.Process % clients, InvocationOf(operation, nodes)));
        return new([.. recorded[false]], [.. recorded[true]]);
    }

    /// <summary>
    /// The load that a run of a scenario had, as the scenario's arrivals and workload yield it for the seed,
    /// since that depends on nothing in the run; with the final reads that its history tells.
    /// </summary>
    /// <exception cref="UserMistakeException">A final read asks a node that the scenario has not.</exception>
    public static RecordedWorkload Drawn(Scenario scenario, Seed seed, History history)
    {
        var load = scenario.Load;
        NodeId[] nodes = [.. scenario.Cluster.Nodes.Select((_, index) => new NodeId(index))];
        var (workload, random) = (load.CreateWorkload(), new SeededRandom(seed, LoadDriver.WorkloadStream));
        var operations = load.Arrivals.Of(LoadShape.Of(load, seed)).Select(arrival => new RecordedOperation(
            arrival.DueNs, arrival.Client,
            workload.Next(new(arrival.Client, nodes[arrival.Client % nodes.Length], nodes, random))));
        return new([.. operations], Of(history, scenario).FinalReads);
    }

    /// <summary>When they are due, and whose they are.</summary>
    public Arrivals Arrivals => new RecordedArrivals(this, 0);

    /// <summary>Makes the workload that yields them, to be used with <see cref="Arrivals"/>.</summary>
    public IWorkload CreateWorkload() => new Replayed(this);

    /// <summary>A load with these operations in the place of its own.</summary>
    public OfferedLoad InPlaceOf(OfferedLoad load) => load with
    {
        CreateWorkload = CreateWorkload,
        Arrivals = new RecordedArrivals(this, load.MostClients),
    };

    static Invocation InvocationOf(Operation operation, Dictionary<string, NodeId> nodes)
    {
        NodeId? target = null;
        if (operation.IsTargeted)
            target = operation.Node is { } name && nodes.TryGetValue(name, out var node)
                ? node
                : throw new UserMistakeException(
                    $"operation {operation.Index}: expected a node of the scenario, found {operation.Node}");
        return new(operation.Function, operation.Key, operation.Input, target)
        {
            IsSession = operation.IsSession,
        };
    }

    sealed class Replayed(RecordedWorkload recorded) : IWorkload
    {
        int _next;

        public Invocation Next(in Turn turn) => recorded.Operations[_next++].Invocation;

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            recorded._finalReads.GetValueOrDefault(turn.Client, []).Select(read => read.Invocation);
    }

    sealed record RecordedArrivals(RecordedWorkload Recorded, int Most) : Arrivals
    {
        public override int MostClients(int clients) => Recorded.Operations.Concat(Recorded.FinalReads)
            .Select(operation => operation.Client + 1).Append(clients).Append(Most).Max();

        public override IEnumerable<Arrival> Of(LoadShape shape)
        {
            foreach (var operation in Recorded.Operations)
            {
                if (operation.DueNs < 0 || operation.DueNs >= shape.DurationNs)
                    throw new UserMistakeException(
                        $"expected operations due within the {shape.DurationNs} ns of the load, found"
                        + $" {operation.Invocation.Function} due at {operation.DueNs} ns");
                yield return new(operation.DueNs, operation.Client);
            }
        }
    }
}
