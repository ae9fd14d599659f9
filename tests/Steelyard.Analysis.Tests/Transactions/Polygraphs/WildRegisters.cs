using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Polygraphs;

/// <summary>Small histories in which every read saw any of the values written, or nil: from no store at
/// all. Most writes are blind, so nearly all is left to the search.</summary>
internal sealed class WildRegisters(int seed)
{
    static readonly string[] Keys = ["x", "y", "z"];

    readonly Random _random = new(seed);
    readonly HistoryBuilder _builder = new();
    readonly List<(int Operation, int Process, Value Output, Outcome Outcome)> _open = [];
    readonly List<int> _free = [0, 1, 2];
    int _nextProcess = 3;

    public History Next()
    {
        var transactions = Drawn();
        var next = 0;
        while (next < transactions.Count || _open.Count > 0)
            if (next < transactions.Count && _free.Count > 0 && (_open.Count == 0 || _random.Next(3) > 0))
                Invoke(transactions[next++]);
            else
                Complete(_random.Next(_open.Count));
        return _builder.Build();
    }

    List<List<(bool IsRead, string Key, int Value)>> Drawn()
    {
        var (written, value) = (Keys.ToDictionary(key => key, _ => new List<int> { 0 }), 1);
        var keys = 1 + _random.Next(3);
        var transactions = new List<List<(bool IsRead, string Key, int Value)>>();
        for (var count = 3 + _random.Next(4); count > 0; count--)
        {
            var steps = new List<(bool, string, int)>();
            for (var left = 1 + _random.Next(3); left > 0; left--)
            {
                // Seldom the same register twice: a transaction at odds with itself tells nothing of others.
                var key = Keys[(left + _random.Next(10) / 9) % keys];
                var isRead = _random.Next(2) == 0;
                if (!isRead)
                    written[key].Add(value);
                steps.Add((isRead, key, isRead ? 0 : value++));
            }

            transactions.Add(steps);
        }

        return [.. transactions.Select(steps => steps.Select(step => step.IsRead
            ? (true, step.Key, written[step.Key][_random.Next(written[step.Key].Count)])
            : step).ToList())];
    }

    void Invoke(List<(bool IsRead, string Key, int Value)> steps)
    {
        var process = _free[_random.Next(_free.Count)];
        _free.Remove(process);
        var chance = _random.Next(20);
        var outcome = chance == 0 ? Outcome.Fail : chance < 3 ? Outcome.Info : Outcome.Ok;
        var asked = Steps(steps, isAnswered: false);
        _open.Add((_builder.Invoke(process, Functions.Txn, Value.Nil, asked), process,
            Steps(steps, isAnswered: true), outcome));
    }

    void Complete(int place)
    {
        var (operation, process, output, outcome) = _open[place];
        _open.RemoveAt(place);
        // Some never end at all.
        if (outcome != Outcome.Info || _random.Next(2) == 0)
            _builder.Complete(operation, outcome, outcome == Outcome.Ok ? output : Value.Nil);
        _free.Add(outcome == Outcome.Info ? _nextProcess++ : process);
    }

    static Value Steps(List<(bool IsRead, string Key, int Value)> steps, bool isAnswered) => Value.List(
        [.. steps.Select(step => Value.List(
            step.IsRead ? "r" : "w", step.Key,
            step.Value == 0 || (step.IsRead && !isAnswered) ? Value.Nil : step.Value))]);
}
