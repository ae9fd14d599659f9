using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads.Inserts;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Orders of inserts and growth, by looking at every pair and every prefix.</summary>
internal static class InsertSpecimens
{
    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("comments", new Comments(), GenerateComments, ExpectComments) { WitnessStandsAlone = true },
        new("sequential", new SequentialInserts(), GenerateSequential, ExpectSequential)
        {
            WitnessStandsAlone = true,
        },
        new("monotonic", new Monotonic(), GenerateMonotonic, ExpectMonotonic) { WitnessStandsAlone = true },
    ];

    static History GenerateComments(RandomHistories random)
    {
        var (next, written) = (0, new SortedSet<Value>());
        return random.Next(
            () => random.Random.Next(3) > 0
                ? ("write", Value.Nil, next++)
                : ("read", Value.Nil, Value.Nil),
            (function, _, input) =>
            {
                if (function == "write")
                    written.Add(input);
                return (true, function == "write"
                    ? input
                    : Value.List([.. written.Where(_ => random.Random.Next(3) > 0)]));
            },
            (_, output) => output);
    }

    static Validity ExpectComments(History history)
    {
        var reads = Ok(history, "read").ToList();
        if (reads.Count == 0)
            return Validity.Unknown;
        foreach (var read in reads)
        {
            bool Seen(Operation write) => read.Output.AsList.Contains(write.Input);
            if (history.Operations.Any(o => o is { Function: "write", Outcome: Outcome.Fail } && Seen(o)))
                return Validity.Invalid;
            if (Possible(history, "write").Any(late => Seen(late) && Ok(history, "write")
                    .Any(early => early.CompletedAt < late.InvokedAt && !Seen(early))))
                return Validity.Invalid;
        }

        return Validity.Valid;
    }

    static History GenerateSequential(RandomHistories random)
    {
        var inserted = 0;
        return random.Next(
            () => random.Random.Next(2) > 0 ? ("write", Value.Nil, 9) : ("read", Value.Nil, Value.Nil),
            (function, _, input) =>
            {
                inserted += function == "write" ? 1 : 0;
                return (true, function == "write" ? input : Subkeys(Math.Min(3, inserted)));
            },
            (function, output) => function == "write" ? output : Value.List(
                9,
                Value.List(
                    [.. Enumerable.Range(0, 3).Select(i => random.Random.Next(2) > 0 ? i : Value.Nil)])));
    }

    static Value Subkeys(int inserted) => Value.List(
        9, Value.List([.. Enumerable.Range(0, 3).Select(i => 2 - i < inserted ? 2 - i : Value.Nil)]));

    static Validity ExpectSequential(History history)
    {
        var reads = Ok(history, "read").Select(r => r.Output.AsList[1].AsList.ToArray()).ToList();
        var isPrefix = reads.TrueForAll(read => Enumerable.Range(0, read.Length + 1)
            .Any(inserted => read.Select(v => !v.IsNil)
                .SequenceEqual(read.Select((_, i) => read.Length - 1 - i < inserted))));
        return !isPrefix ? Validity.Invalid : reads.Count == 0 ? Validity.Unknown : Validity.Valid;
    }

    static History GenerateMonotonic(RandomHistories random)
    {
        var registers = new long[2];
        return random.Next(
            () => random.Random.Next(2) == 0
                ? ("inc", random.Random.Next(2), Value.Nil)
                : ("read", Value.Nil, Value.Nil),
            (function, key, _) => (true, function == "inc"
                ? ++registers[key.AsInteger]
                : Value.Map((0, registers[0]), (1, registers[1]))),
            (_, output) => output.IsInteger
                ? output.AsInteger + random.Random.Next(2)
                : Value.Map((0, Nearby(output[0])), (1, Nearby(output[1]))));

        Value Nearby(Value value) => Math.Max(0, value.AsInteger + random.Random.Next(-1, 2));
    }

    // Everybody who saw less, or had ended before, comes first; nobody may come before himself.
    static Validity ExpectMonotonic(History history)
    {
        var all = Ok(history, "inc").Concat(Ok(history, "read")).ToList();
        if (all.Count == 0)
            return Validity.Unknown;
        if (all.Exists(a => all.Exists(b => a.Index != b.Index && a.Function == "inc" && b.Function == "inc"
                && a.Key == b.Key && a.Output == b.Output)))
            return Validity.Invalid;
        var before = new bool[all.Count, all.Count];
        for (var i = 0; i < all.Count; i++)
            for (var j = 0; j < all.Count; j++)
                before[i, j] = i != j && (all[i].CompletedAt < all[j].InvokedAt || SawLess(all[i], all[j]));
        for (var k = 0; k < all.Count; k++)
            for (var i = 0; i < all.Count; i++)
                for (var j = 0; j < all.Count; j++)
                    before[i, j] |= before[i, k] && before[k, j];
        return Enumerable.Range(0, all.Count).Any(i => before[i, i]) ? Validity.Invalid : Validity.Valid;
    }

    static bool SawLess(Operation a, Operation b) => Enumerable.Range(0, 2).Any(key =>
        Sight(a, key) is { IsNil: false } left && Sight(b, key) is { IsNil: false } right
        && (left < right || (left == right && a.Function == "inc" && b.Function == "read")));

    static Value Sight(Operation operation, Value key) => operation.Output.Kind == ValueKind.Map
        ? operation.Output[key]
        : operation.Key == key ? operation.Output : Value.Nil;
}
