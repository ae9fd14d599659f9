using Steelyard.Analysis.Checkers.Workloads;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Workloads of test harnesses: each asks for one effect that clients can tell.</summary>
internal static class WorkloadModels
{
    const string Linearizable = "linearizable";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Of("set", "add, then a read of all elements at the end", new FinalSet()),
        new("set-full", "add, and read of all elements all the while",
            request => [new SetFull(request.Consistency == Linearizable)])
        {
            Consistencies = [Linearizable],
        },
        Of("counter", "add and read, each read within its bounds", new CounterBounds()),
        Of("unique-ids", "generate, which returns an id", new UniqueIds()),
        Of("total-queue", "enqueue, dequeue and drain: what goes in must come out", new TotalQueue()),
        Of("partial-queue", "enqueue, dequeue and drain: what comes out went in", new PartialQueue()),
    ];

    static HistoryModel Of(string name, string summary, IChecker judge) =>
        new(name, summary, _ => [judge]);
}
