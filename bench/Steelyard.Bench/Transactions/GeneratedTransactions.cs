using System.Globalization;
using System.Text;

namespace Steelyard.Bench.Transactions;

/// <summary>
/// Strictly serializable histories of transactions over lists, as EDN: one to four steps each over ten
/// lists at a time,
/// half of them reads; a list is left for a new one after 32 appends.
/// </summary>
internal sealed class GeneratedTransactions
{
    const int ListsAtOnce = 10;
    const int LongestList = 32;

    readonly Random _random = new(7);
    readonly StreamWriter _text;
    readonly List<List<int>> _lists = [];
    readonly int[] _active = new int[ListsAtOnce];
    readonly int[] _asked = new int[ListsAtOnce];
    int _events;

    GeneratedTransactions(Stream stream)
    {
        _text = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        for (var i = 0; i < ListsAtOnce; i++)
            Renew(i);
    }

    /// <summary>The bytes of such a history.</summary>
    /// <param name="transactions">How many.</param>
    /// <param name="clients">How many are open at once, at most.</param>
    public static byte[] Edn(int transactions, int clients)
    {
        using var stream = new MemoryStream();
        var generated = new GeneratedTransactions(stream);
        generated.Run(transactions, clients);
        generated._text.Dispose();
        return stream.ToArray();
    }

    void Run(int transactions, int clients)
    {
        var free = new Stack<int>(Enumerable.Range(0, clients));
        var open = new List<Open>();
        for (var started = 0; started < transactions || open.Count > 0;)
        {
            if (started < transactions && free.Count > 0 && (open.Count == 0 || _random.Next(5) < 2))
            {
                var asked = new Open(free.Pop(), Steps());
                Write("invoke", asked.Process, asked.Steps);
                open.Add(asked);
                started++;
                continue;
            }

            var place = _random.Next(open.Count);
            if (!open[place].Happened)
            {
                open[place] = open[place] with { Steps = Act(open[place].Steps), Happened = true };
                continue;
            }

            Write("ok", open[place].Process, open[place].Steps);
            free.Push(open[place].Process);
            open.RemoveAt(place);
        }
    }

    List<Step> Steps()
    {
        var steps = new List<Step>();
        for (var count = 1 + _random.Next(4); count > 0; count--)
        {
            var place = _random.Next(ListsAtOnce);
            var list = _active[place];
            if (_random.Next(2) == 0)
            {
                steps.Add(new(list, 0, null));
                continue;
            }

            steps.Add(new(list, ++_asked[place], null));
            if (_asked[place] == LongestList)
                Renew(place);
        }

        return steps;
    }

    List<Step> Act(List<Step> steps)
    {
        var done = new List<Step>();
        foreach (var step in steps)
        {
            if (step.Value == 0)
            {
                done.Add(step with { Read = [.. _lists[step.List]] });
                continue;
            }

            _lists[step.List].Add(step.Value);
            done.Add(step);
        }

        return done;
    }

    void Renew(int place)
    {
        _active[place] = _lists.Count;
        _asked[place] = 0;
        _lists.Add([]);
    }

    void Write(string type, int process, List<Step> steps)
    {
        var words = steps.Select(step => step.Value > 0
            ? $"[:append {step.List} {step.Value}]"
            : $"[:r {step.List} {(step.Read is null ? "nil" : $"[{string.Join(' ', step.Read)}]")}]");
        _text.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{{:index {_events} :time {_events++ * 500L} :type :{type} :process {process} :f :txn"
            + $" :value [{string.Join(' ', words)}]}}\n"));
    }

    sealed record Step(int List, int Value, int[]? Read);

    sealed record Open(int Process, List<Step> Steps, bool Happened = false);
}
