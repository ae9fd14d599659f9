using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>
/// Linearizable histories under always busy clients: every operation takes effect at a random instant while
/// it is open.
/// </summary>
internal static class GeneratedHistories
{
    /// <summary>A register or kv history, half of it reads; every write writes a value of its own.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    /// <param name="read">The name of a read: read or get.</param>
    /// <param name="write">The name of a write: write or put.</param>
    public static History OneKey(int operations, int clients, string read, string write)
    {
        var isText = write == "put";
        var (state, written) = (isText ? (Value)"" : Value.Nil, 0);
        return Of(operations, clients, Ask, Act);

        (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? (read, Value.Nil) : (write, isText ? $"{++written}" : ++written);

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            state = function == write ? input : state;
            return (Outcome.Ok, function == write ? Value.Nil : state);
        }
    }

    /// <summary>A register history in which the reads of the last hundredth return what was written
    /// first.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History StaleRead(int operations, int clients)
    {
        var (state, written, done) = (Value.Nil, 0, 0);
        return Of(operations, clients, Ask, Act);

        (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? (Functions.Read, Value.Nil) : (Functions.Write, ++written);

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            state = function == Functions.Write ? input : state;
            var isStale = ++done > operations - (operations / 100);
            return (Outcome.Ok, function == Functions.Write ? Value.Nil : isStale ? 1 : state);
        }
    }

    /// <summary>A register history in which every hundredth write crashes: nobody learns whether it took
    /// effect, and every other one did.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History Crashed(int operations, int clients)
    {
        var (state, written) = (Value.Nil, 0);
        return Of(operations, clients, Ask, Act);

        (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? (Functions.Read, Value.Nil) : (Functions.Write, ++written);

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            if (function == Functions.Read)
                return (Outcome.Ok, state);
            state = input.AsInteger % 200 == 0 ? state : input;
            return (input.AsInteger % 100 == 0 ? Outcome.Info : Outcome.Ok, Value.Nil);
        }
    }

    /// <summary>One text that is mostly appended to, half of the operations reads; every twentieth change
    /// puts another in its place.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History Appends(int operations, int clients)
    {
        var (state, written) = ("", 0);
        return Of(operations, clients, Ask, Act);

        (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? (Functions.Get, Value.Nil)
            : random.Next(20) == 0 ? (Functions.Put, $"p{++written}")
            : (Functions.Append, $"x {++written} y");

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            state = function switch
            {
                Functions.Put => input.AsText,
                Functions.Append => state + input.AsText,
                _ => state,
            };
            return (Outcome.Ok, function == Functions.Get ? state : Value.Nil);
        }
    }

    /// <summary>A queue of five values, half of the operations takes.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History Queue(int operations, int clients)
    {
        var queue = new Queue<Value>();
        return Of(operations, clients, Ask, Act);

        static (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? ("dequeue", Value.Nil) : ("enqueue", random.Next(5));

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            if (function == "dequeue")
                return (Outcome.Ok, queue.TryDequeue(out var first) ? first : Value.Nil);
            queue.Enqueue(input);
            return (Outcome.Ok, Value.Nil);
        }
    }

    /// <summary>Ten registers of five values each, two of them read or written at a time.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History Registers(int operations, int clients)
    {
        var state = Enumerable.Repeat((Value)0, 10).ToArray();
        return Of(operations, clients, Ask, (_, input) =>
            (Outcome.Ok, Value.List([.. input.AsList.ToArray().Select(Done)])));

        static (string Function, Value Input) Ask(Random random)
        {
            var first = random.Next(10);
            var second = (first + 1 + random.Next(9)) % 10;
            return (Functions.Txn, Value.List(Step(random, first), Step(random, second)));
        }

        static Value Step(Random random, int register) => random.Next(2) == 0
            ? Value.List(Functions.Read, register, Value.Nil)
            : Value.List(Functions.Write, register, random.Next(5));

        Value Done(Value step)
        {
            ref var held = ref state[step.AsList[1].AsInteger];
            held = step.AsList[0] == Functions.Write ? step.AsList[2] : held;
            return Value.List(step.AsList[0], step.AsList[1], held);
        }
    }

    /// <summary>A register with few values: reads, writes and cas, which mostly do not match.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History CasRegister(int operations, int clients)
    {
        var state = Value.Nil;
        return Of(operations, clients, Ask, (function, input) => ActOnRegister(ref state, function, input));

        static (string Function, Value Input) Ask(Random random) => random.Next(3) switch
        {
            0 => (Functions.Read, Value.Nil),
            1 => (Functions.Write, random.Next(5)),
            _ => (Functions.Cas, Value.List(random.Next(5), random.Next(5))),
        };
    }

    /// <summary>A register whose writes and compare-and-sets each bring a value of its own, as revisions are;
    /// who exchanges read a while ago what to expect.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static History Exchanges(int operations, int clients)
    {
        var (state, written) = (Value.Nil, 0);
        return Of(operations, clients, Ask, (function, input) => ActOnRegister(ref state, function, input));

        (string Function, Value Input) Ask(Random random) => random.Next(3) switch
        {
            0 => (Functions.Read, Value.Nil),
            1 => (Functions.Write, ++written),
            _ => (Functions.Cas, Value.List(state, ++written)),
        };
    }

    static (Outcome Outcome, Value Output) ActOnRegister(ref Value state, string function, Value input)
    {
        if (function == Functions.Read)
            return (Outcome.Ok, state);
        if (function == Functions.Cas && state != input.AsList[0])
            return (Outcome.Fail, Value.Nil);
        state = function == Functions.Cas ? input.AsList[1] : input;
        return (Outcome.Ok, Value.Nil);
    }

    /// <summary>The history of any object.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    /// <param name="ask">What the next operation asks.</param>
    /// <param name="act">Does it, at its instant, and says how it ends.</param>
    public static History Of(
        int operations, int clients, Func<Random, (string Function, Value Input)> ask,
        Func<string, Value, (Outcome Outcome, Value Output)> act)
    {
        var random = new Random(1);
        var builder = new HistoryBuilder();
        var free = Enumerable.Range(0, clients).ToList();
        var open = new List<Open>(clients);
        var (started, processes) = (0, clients);
        for (var time = 0; started < operations || open.Count > 0; time++)
        {
            if (started < operations && free.Count > 0 && (random.Next(2) == 0 || open.Count == 0))
            {
                var (function, input) = ask(random);
                var process = TakeAny(free, random);
                var operation = builder.Invoke(process, function, "k", input, time);
                open.Add(new(process, operation, function, input));
                started++;
                continue;
            }

            var at = random.Next(open.Count);
            var chosen = open[at];
            if (chosen.End is { } end)
            {
                builder.Complete(chosen.Operation, end.Outcome, end.Output, time);
                // Whoever does not learn how it ended is never heard of again.
                free.Add(end.Outcome == Outcome.Info ? processes++ : chosen.Process);
                open[at] = open[^1];
                open.RemoveAt(open.Count - 1);
                continue;
            }

            open[at] = chosen with { End = act(chosen.Function, chosen.Input) };
        }

        return builder.Build();
    }

    static int TakeAny(List<int> free, Random random)
    {
        var at = random.Next(free.Count);
        var taken = free[at];
        free[at] = free[^1];
        free.RemoveAt(free.Count - 1);
        return taken;
    }

    readonly record struct Open(
        int Process, int Operation, string Function, Value Input,
        (Outcome Outcome, Value Output)? End = null);
}
