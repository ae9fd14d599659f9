using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Counters, by trying every instant and every choice of adds; ids, by looking at every
/// pair.</summary>
internal static class CountingSpecimens
{
    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("counter", new CounterBounds(), GenerateCounter, ExpectCounter),
        new("unique-ids", new UniqueIds(), GenerateIds, ExpectIds) { WitnessStandsAlone = true },
    ];

    // With gaps between their sums.
    static readonly long[] s_changes = [-3, -1, 1, 1, 2, 5];

    static History GenerateCounter(RandomHistories random)
    {
        var count = 0L;
        return random.Next(
            () => random.Random.Next(3) > 0
                ? ("add", Value.Nil, s_changes[random.Random.Next(s_changes.Length)])
                : ("read", Value.Nil, Value.Nil),
            (function, _, input) =>
            {
                count += function == "add" ? input.AsInteger : 0;
                return (true, function == "add" ? input : count);
            },
            (function, output) => function == "add" ? output : output.AsInteger + random.Random.Next(-2, 3));
    }

    static Validity ExpectCounter(History history)
    {
        if (!Possible(history, "add").Any() && !Ok(history, "read").Any())
            return Validity.Unknown;
        var adds = Possible(history, "add").ToList();
        return Ok(history, "read").All(read => Enumerable
            .Range(read.InvokedAt, read.CompletedAt - read.InvokedAt + 1)
            .Any(instant => CanBe(adds, 0, instant, read.Output.AsInteger)))
            ? Validity.Valid
            : Validity.Invalid;
    }

    // At an instant each add has happened, or not yet, or (while it is open) either.
    static bool CanBe(List<Operation> adds, int next, int instant, long left)
    {
        if (next == adds.Count)
            return left == 0;
        var add = adds[next];
        var must = add.Outcome == Outcome.Ok && add.CompletedAt <= instant;
        return (!must && CanBe(adds, next + 1, instant, left))
            || (add.InvokedAt <= instant && CanBe(adds, next + 1, instant, left - add.Input.AsInteger));
    }

    static History GenerateIds(RandomHistories random)
    {
        var next = 0L;
        return random.Next(
            () => ("generate", Value.Nil, Value.Nil), (_, _, _) => (true, next++),
            (_, output) => Math.Max(0, output.AsInteger - random.Random.Next(3)));
    }

    static Validity ExpectIds(History history)
    {
        var ids = Ok(history, "generate").ToList();
        var twice = ids.Exists(a => ids.Exists(b => a.Index != b.Index && a.Output == b.Output));
        return twice ? Validity.Invalid : ids.Count == 0 ? Validity.Unknown : Validity.Valid;
    }
}
