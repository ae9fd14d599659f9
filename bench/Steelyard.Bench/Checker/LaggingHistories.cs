using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>
/// Sequentially consistent histories of processes that follow one log of writes, each somewhat behind: a read
/// returns what the log says where its process stands.
/// </summary>
internal static class LaggingHistories
{
    const int MostLag = 1000;

    /// <summary>A register per key, half of the operations reads.</summary>
    public static History Of(int operations, int processes, int keys)
    {
        var random = new Random(1);
        var builder = new HistoryBuilder();
        var names = Enumerable.Range(0, keys).Select(key => (Value)$"k{key}").ToArray();
        var log = new List<(int Key, int Value)>();
        var at = new int[processes];
        var copies = new int[processes][];
        for (var process = 0; process < processes; process++)
            copies[process] = new int[keys];
        for (var i = 0; i < operations; i++)
        {
            var (process, key) = (random.Next(processes), random.Next(keys));
            if (random.Next(2) == 0)
            {
                builder.Complete(
                    builder.Invoke(process, Functions.Write, names[key], i + 1, i), Outcome.Ok, Value.Nil, i);
                log.Add((key, i + 1));
                Follow(log.Count);
                continue;
            }

            Follow(Math.Max(log.Count - MostLag, at[process] + random.Next(log.Count - at[process] + 1)));
            var value = copies[process][key];
            builder.Complete(
                builder.Invoke(process, Functions.Read, names[key], Value.Nil, i), Outcome.Ok,
                value == 0 ? Value.Nil : value, i);

            void Follow(int to)
            {
                for (; at[process] < to; at[process]++)
                    copies[process][log[at[process]].Key] = log[at[process]].Value;
            }
        }

        return builder.Build();
    }
}
