using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>
/// Linearizable histories of one key under always busy clients: every operation takes effect at a random
/// instant while it is open, every write writes a value of its own.
/// </summary>
internal static class GeneratedHistories
{
    /// <summary>A register or kv history, half of it reads.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    /// <param name="read">The name of a read: read or get.</param>
    /// <param name="write">The name of a write: write or put.</param>
    public static History OneKey(int operations, int clients, string read, string write)
    {
        var random = new Random(1);
        var builder = new HistoryBuilder();
        var free = Enumerable.Range(0, clients).ToList();
        var open = new List<Open>(clients);
        var state = write == "put" ? (Value)"" : Value.Nil;
        var (started, written) = (0, 0);
        for (var time = 0; started < operations || open.Count > 0; time++)
        {
            if (started < operations && free.Count > 0 && (random.Next(2) == 0 || open.Count == 0))
            {
                var isWrite = random.Next(2) == 0;
                Value value = !isWrite ? Value.Nil : write == "put" ? $"{++written}" : ++written;
                var process = TakeAny(free, random);
                var operation = builder.Invoke(process, isWrite ? write : read, "k", value, time);
                open.Add(new(process, operation, isWrite, value));
                started++;
                continue;
            }

            var at = random.Next(open.Count);
            var chosen = open[at];
            if (chosen.HappenedAlready)
            {
                var output = chosen.IsWrite ? Value.Nil : chosen.Value;
                builder.Complete(chosen.Operation, Outcome.Ok, output, time);
                free.Add(chosen.Process);
                open[at] = open[^1];
                open.RemoveAt(open.Count - 1);
                continue;
            }

            state = chosen.IsWrite ? chosen.Value : state;
            open[at] = chosen with { HappenedAlready = true, Value = state };
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
        int Process, int Operation, bool IsWrite, Value Value, bool HappenedAlready = false);
}
