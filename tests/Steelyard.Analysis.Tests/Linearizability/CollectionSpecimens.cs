using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>
/// Random histories of collections, locks and counters. Their second specification is over plain arrays of
/// numbers.
/// </summary>
internal static class CollectionSpecimens
{
    delegate (long[] Next, Value Output)? Run(long[] state, string function, long input);

    public static IReadOnlyList<Specimen> All { get; } =
    [
        Of("queue", KnownModels.Queue(), [], Takes("enqueue", "dequeue", first: true), "enqueue", "dequeue"),
        Of("stack", KnownModels.Stack(), [], Takes("push", "pop", first: false), "push", "pop"),
        Of("priority-queue", KnownModels.PriorityQueue(), [], Least, "insert", "take-min"),
        Of("set", KnownModels.Set(), [], InSet, "insert", "remove", "contains"),
        Distinct(
            "queue", KnownModels.Queue(), Takes("enqueue", "dequeue", first: true), "enqueue", "dequeue"),
        Distinct("stack", KnownModels.Stack(), Takes("push", "pop", first: false), "push", "pop"),
        Distinct("priority-queue", KnownModels.PriorityQueue(), Least, "insert", "take-min"),
        Distinct("peeked-queue", KnownModels.Queue(), Peeked, "enqueue", "dequeue", "peek"),
        Distinct("peeked-stack", KnownModels.Stack(), PeekedAbove, "push", "pop", "peek"),
        Distinct(
            "peeked-priority-queue", KnownModels.PriorityQueue(), PeekedLeast, "insert", "take-min", "peek"),
        Of("mutex", KnownModels.Mutex(), [1], Permits(1), "acquire", "release"),
        Of("semaphore", KnownModels.Semaphore(2), [2], Permits(2), "acquire", "release"),
        Of("counting-semaphore", KnownModels.CountingSemaphore(1), [1], Raised, "incr", "decr"),
        Of("rmw", KnownModels.Rmw(0), [0], Replaced, "rmw", "read", "write"),
        Of("peeks", KnownModels.Queue(), [], Peeked, "enqueue", "dequeue", "peek"),
        Of("greatest", KnownModels.PriorityQueue(), [], Greatest, "insert", "take-max", "peek-max"),
        Of("counter", KnownModels.Counter(), [0], Counted, "add", "read"),
    ];

    static Specimen Of(string name, Model model, long[] initial, Run run, params string[] functions) => Of(
        name, model, initial, run, random => Generate(random, initial, run, functions, random.Random.Next));

    // Every add adds a value of its own; in no order, so that the least is not the oldest.
    static Specimen Distinct(string name, Model model, Run run, params string[] functions) => Of(
        $"{name}-distinct", model, [], run, random =>
        {
            var added = 0;
            return Generate(random, [], run, functions, (least, _) => least == 0
                ? Mixed(random.Random.Next(Math.Min(added, 40) + 2))
                : Mixed(++added));
        });

    static int Mixed(int number) => number * 37 % 101;

    static Specimen Of(
        string name, Model model, long[] initial, Run run, Func<RandomHistories, History> generate) => new(
        name, model, generate, initial, (state, operation) =>
        {
            var input = operation.Input.IsNil ? 0 : operation.Input.AsInteger;
            var result = run((long[])state, operation.Function, input);
            var isOther = operation.Outcome == Outcome.Ok && result?.Output != operation.Output;
            return isOther ? null : result?.Next;
        });

    // What is not possible now is answered with a Fail: nothing happened. A lock has no answer to falsify:
    // instead it is granted now and then to one more than it may.
    static History Generate(
        RandomHistories random, long[] initial, Run run, string[] functions, Func<int, int, int> any)
    {
        var (state, next) = (initial, random.Random);
        return random.Next(
            () => (functions[next.Next(functions.Length)], Value.Nil, any(1, 4)),
            (function, _, input) =>
            {
                if (run(state, function, input.AsInteger) is not { } result)
                    return (random.MutateOneIn > 0 && next.Next(2) == 0, Value.Nil);
                state = result.Next;
                return (true, result.Output);
            },
            (_, output) => output.Kind switch
            {
                ValueKind.Integer => any(0, 4),
                ValueKind.Boolean => Value.Of(!output.AsBoolean),
                _ => output,
            });
    }

    static Run Takes(string add, string take, bool first) => (state, function, input) =>
    {
        if (function == add)
            return ([.. state, input], Value.Nil);
        Assert.Equal(take, function);
        if (state.Length == 0)
            return (state, Value.Nil);
        return first ? (state[1..], state[0]) : (state[..^1], state[^1]);
    };

    static (long[] Next, Value Output)? Least(long[] state, string function, long input)
    {
        if (function == "insert")
            return ([.. state.Append(input).Order()], Value.Nil);
        return state.Length == 0 ? (state, Value.Nil) : (state[1..], state[0]);
    }

    static (long[] Next, Value Output)? InSet(long[] state, string function, long input) => function switch
    {
        "insert" => (state.Contains(input) ? state : [.. state, input], Value.Of(!state.Contains(input))),
        "remove" => ([.. state.Where(e => e != input)], Value.Of(state.Contains(input))),
        _ => (state, Value.Of(state.Contains(input))),
    };

    static Run Permits(int all) => (state, function, _) =>
    {
        var free = state[0] + (function == "acquire" ? -1 : 1);
        return free < 0 || free > all ? null : ([free], Value.Nil);
    };

    static (long[] Next, Value Output)? Raised(long[] state, string function, long input) =>
        (function, state[0]) switch
        {
            ("decr", 0) => (state, 0),
            ("decr", var free) => ([free - 1], 1),
            (_, var free) => ([free + 1], Value.Nil),
        };

    static (long[] Next, Value Output)? Replaced(long[] state, string function, long input) => function switch
    {
        "read" => (state, state[0]),
        "write" => ([input], Value.Nil),
        _ => ([input], state[0]),
    };

    static (long[] Next, Value Output)? Peeked(long[] state, string function, long input) =>
        function == "peek"
            ? (state, state.Length == 0 ? Value.Nil : state[0])
            : Takes("enqueue", "dequeue", first: true)(state, function, input);

    static (long[] Next, Value Output)? PeekedAbove(long[] state, string function, long input) =>
        function == "peek"
            ? (state, state.Length == 0 ? Value.Nil : state[^1])
            : Takes("push", "pop", first: false)(state, function, input);

    static (long[] Next, Value Output)? PeekedLeast(long[] state, string function, long input) =>
        function == "peek"
            ? (state, state.Length == 0 ? Value.Nil : state[0])
            : Least(state, function, input);

    static (long[] Next, Value Output)? Greatest(long[] state, string function, long input)
    {
        if (function == "insert")
            return ([.. state.Append(input).Order()], Value.Nil);
        if (state.Length == 0)
            return (state, Value.Nil);
        return (function == "take-max" ? state[..^1] : state, state[^1]);
    }

    static (long[] Next, Value Output)? Counted(long[] state, string function, long input) =>
        function == "add" ? ([state[0] + input], Value.Nil) : (state, state[0]);
}
