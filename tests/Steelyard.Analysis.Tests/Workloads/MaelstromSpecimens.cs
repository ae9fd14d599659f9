using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Counters that are right at the end, by trying every choice of adds; echoes and timestamps, by
/// looking at every pair.</summary>
internal static class MaelstromSpecimens
{
    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("pn-counter", new FinalCounter(), random => GenerateCounter(random, [-3, -1, 1, 2, 5]),
            ExpectCounter),
        new("g-counter", new FinalCounter(onlyGrows: true), random => GenerateCounter(random, [0, 1, 2, 5]),
            ExpectCounter),
        new("echo", new Echoes(), GenerateEchoes, ExpectEchoes) { WitnessStandsAlone = true },
        new("lin-tso", new TimestampOracle(), GenerateTimestamps, ExpectTimestamps)
        {
            WitnessStandsAlone = true,
        },
    ];

    static History GenerateCounter(RandomHistories random, long[] changes)
    {
        var (next, count) = (random.Random, 0L);
        var history = random.Next(
            () => next.Next(3) > 0
                ? ("add", Value.Nil, changes[next.Next(changes.Length)])
                : ("read", Value.Nil, Value.Nil),
            (function, _, input) =>
            {
                count += function == "add" ? input.AsInteger : 0;
                return (true, function == "add" ? input : count);
            },
            (function, output) => function == "add" ? output : output.AsInteger + next.Next(-2, 3));
        return next.Next(4) == 0 ? history : WithFinalReads(history, next);
    }

    // Some reads are marked, and some of those return another choice of adds than was there.
    static History WithFinalReads(History history, Random random)
    {
        var builder = new HistoryBuilder();
        foreach (var entry in HistoryEvents.Of(history))
        {
            var operation = history[entry.Operation];
            if (entry.IsCompletion)
                builder.Complete(
                    builder.OpenOperationOf(operation.Process)!.Value, operation.Outcome, operation.Output);
            else
                builder.Invoke(
                    operation.Process, operation.Function, operation.Key, operation.Input,
                    traits: operation.Function == "read" && random.Next(3) > 0
                        ? OperationTraits.Final : OperationTraits.None);
        }

        return builder.Build();
    }

    static Validity ExpectCounter(History history)
    {
        var finals = Finals(history);
        if (finals.Count == 0)
            return Validity.Unknown;
        var adds = Possible(history, "add").ToList();
        return finals.TrueForAll(read => Enumerable.Range(0, 1 << adds.Count).Any(chosen =>
            adds.Where((_, i) => (chosen >> i & 1) == 1).Sum(add => add.Input.AsInteger)
                == read.Output.AsInteger
            && adds.Where((_, i) => (chosen >> i & 1) == 1).All(add => add.InvokedAt < read.CompletedAt)
            && adds.Where((_, i) => (chosen >> i & 1) == 0)
                .All(add => add.Outcome != Outcome.Ok || add.CompletedAt > read.InvokedAt)))
            ? Validity.Valid
            : Validity.Invalid;
    }

    static List<Operation> Finals(History history)
    {
        if (history.Operations.Any(operation => operation.IsFinal))
            return [.. Ok(history, "read").Where(read => read.IsFinal)];
        var ends = history.Operations.GroupBy(operation => operation.Process)
            .Where(all => all.All(one => one.Outcome is Outcome.Ok or Outcome.Fail))
            .Select(all => all.Where(one => one.Function == "read"))
            .Select(reads => reads.Select(one => (Operation?)one).LastOrDefault())
            .Where(read => read is { Outcome: Outcome.Ok }).Select(read => read!.Value).ToList();
        return ends.TrueForAll(read => history.Operations.Where(one => one.Function == "add").All(add =>
            read.InvokedAt > (add.Outcome == Outcome.Open ? add.InvokedAt : add.CompletedAt))) ? ends : [];
    }

    static History GenerateEchoes(RandomHistories random)
    {
        var next = 0;
        return random.Next(
            () => ("echo", Value.Nil, $"Please echo {next++}"),
            (_, _, input) => (true, random.Random.Next(2) == 0 ? input : Answered(input)),
            (_, _) => random.Random.Next(6) == 0 ? Value.Nil
                : Answered($"Please echo {random.Random.Next(next + 1)}"));
    }

    static Value Answered(Value input) =>
        Value.Map(("type", "echo_ok"), ("echo", input), ("in_reply_to", 7));

    static Validity ExpectEchoes(History history)
    {
        var answers = Ok(history, "echo").Select(echo => (
            Said: echo.Input,
            Heard: echo.Output.Kind == ValueKind.Map ? echo.Output["echo"] : echo.Output)).ToList();
        return answers.Exists(one => !one.Heard.IsNil && one.Heard != one.Said) ? Validity.Invalid
            : answers.Count == 0 || answers.Exists(one => one.Heard.IsNil) ? Validity.Unknown
            : Validity.Valid;
    }

    static History GenerateTimestamps(RandomHistories random)
    {
        var next = 0L;
        return random.Next(
            () => ("ts", Value.Nil, Value.Nil), (_, _, _) => (true, next += random.Random.Next(1, 3)),
            (_, output) => Math.Max(0, output.AsInteger - random.Random.Next(4)));
    }

    // Linearizable by trying every order, each timestamp greater than the one before.
    static Validity ExpectTimestamps(History history) => !Ok(history, "ts").Any() ? Validity.Unknown
        : BruteForce.Explains(
            history.Only(operation => operation.Outcome == Outcome.Ok), -1L,
            (last, operation) => operation.Output.AsInteger > (long)last ? operation.Output.AsInteger : null)
            ? Validity.Valid
            : Validity.Invalid;
}
