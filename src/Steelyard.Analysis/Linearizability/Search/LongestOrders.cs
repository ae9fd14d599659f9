using System.Numerics;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// The longest orders of a witness, whose operations have none of them all whatever the others did: every
/// order is tried (Wing and Gong 1993, section 3), each configuration once and by its shortest way, and those
/// with the most operations of the witness are kept. The others may take effect at any time after they began,
/// or never, or again and again, as when the witness was found: where an order needs one of them, it stands
/// in it.
/// </summary>
internal sealed class LongestOrders
{
    /// <summary>Of more operations nobody reads an order.</summary>
    public const int MostOperations = 24;

    const int MostConfigurations = 20_000;

    // Operations that are not of the witness may be many; with more than these, nobody reads the order.
    const int MostChoices = 2_000;
    const int MostTried = 50_000;
    const int MostPlaces = 64;
    const int MostKept = 100;
    const int MostLetters = 120;

    readonly Problem _problem;
    readonly StateMachine _machine;
    readonly History _history;
    readonly HashSet<int> _witness;
    readonly Choice[] _choices;
    readonly ulong _required;
    readonly Dictionary<(ulong Placed, int State), (int From, int Choice)> _ways = [];
    readonly List<(ulong Placed, int State)> _found = [];
    bool _isExplained;

    LongestOrders(Problem problem, History history, IReadOnlyList<int> witness, Func<int, int> invokedAt)
    {
        (_problem, _machine, _history, _witness) = (problem, problem.Machine, history, [.. witness]);
        for (var i = 0; i < problem.Operations.Length; i++)
            _required |= problem.ReturnOf[i] == int.MaxValue ? 0 : 1ul << i;
        _choices =
        [
            .. problem.Operations.Select((operation, i) => new Choice(
                operation, problem.Class[i], 1ul << i, Before(problem.InvokedAt[i]))),
            .. problem.Repeated.Select(one => new Choice(
                invokedAt(one.InvokedAt), one.Class, 0, Before(one.InvokedAt))),
        ];
    }

    /// <summary>They, up to a hundred; none where the operations or their orders are many, or where they have
    /// an order after all.</summary>
    /// <param name="model">The model, fitted to the history.</param>
    /// <param name="history">The history.</param>
    /// <param name="part">Indices of all operations of the object, ascending.</param>
    /// <param name="witness">Those among them that contradict each other.</param>
    public static IReadOnlyList<PartialOrder> Of(
        Model model, History history, List<int> part, IReadOnlyList<int> witness)
    {
        if (witness.Count > MostOperations)
            return [];
        var whole = Problem.Of(model, history, part);
        var others = whole.Operations.Select(operation => !witness.Contains(operation)).ToArray();
        var end = whole.Returns.Where(operation => !others[operation])
            .Select(operation => whole.ReturnedAt[whole.ReturnOf[operation]]).DefaultIfEmpty(-1).Max();
        var problem = whole.Weakened(end, others);
        if (end < 0 || problem.Operations.Length > MostPlaces || problem.Repeated.Count > MostChoices)
            return [];
        var orders = new LongestOrders(
            problem, history, witness, at => whole.Operations[Array.IndexOf(whole.InvokedAt, at)]);
        return orders.TryAll() && !orders._isExplained ? orders.Longest() : [];
    }

    // Where not all are looked at, nobody knows the longest.
    bool TryAll()
    {
        Enter((0, StateMachine.Initial), -1, -1);
        for (var at = 0; at < _found.Count && !_isExplained; at++)
        {
            if (_found.Count > MostConfigurations || (long)at * _choices.Length > MostTried)
                return false;
            var (placed, state) = _found[at];
            for (var choice = 0; choice < _choices.Length; choice++)
                if (CanCome(_choices[choice], placed)
                    && StepOf(_choices[choice], state) is >= 0 and var next)
                    Enter((placed | _choices[choice].Place, next), at, choice);
        }

        return true;
    }

    void Enter((ulong Placed, int State) configuration, int from, int choice)
    {
        if (!_ways.TryAdd(configuration, (from, choice)))
            return;
        _found.Add(configuration);
        _isExplained |= (configuration.Placed & _required) == _required;
    }

    static bool CanCome(Choice choice, ulong placed) =>
        (placed & choice.Place) == 0 && (choice.Before & ~placed) == 0;

    // What nobody waits for, and changes nothing, need not be in an order.
    int StepOf(Choice choice, int state)
    {
        var next = _machine.Step(state, choice.Class);
        return next == state && (choice.Place & _required) == 0 ? StateMachine.Refused : next;
    }

    // What the others do leads from one state to another among the same operations of the witness.
    IReadOnlyList<PartialOrder> Longest()
    {
        var most = _found.Max(one => BitOperations.PopCount(one.Placed & _required));
        return
        [
            .. _found.Index()
                .Where(one => BitOperations.PopCount(one.Item.Placed & _required) == most)
                .GroupBy(one => one.Item.Placed & _required).Take(MostKept)
                .Select(same => Told(same.First().Index, [.. same.Select(one => one.Item.State).Distinct()])),
        ];
    }

    PartialOrder Told(int found, IReadOnlyList<int> states)
    {
        var placed = _found[found].Placed;
        var left = Enumerable.Range(0, _problem.Operations.Length).Select(i => _choices[i])
            .Where(choice => (choice.Place & _required & ~placed) != 0)
            .ToLookup(choice => CanCome(choice, placed));
        return new(
            Words(StateMachine.Initial), Steps(found),
            [.. left[true].Select(choice => new RefusedStep(
                choice.Operation, _machine.Against(_history[choice.Operation], states)))],
            left[false].Count());
    }

    List<PartialStep> Steps(int found)
    {
        var steps = new List<PartialStep>();
        while (_ways[_found[found]] is (>= 0 and var from, var choice))
        {
            steps.Add(new(
                _choices[choice].Operation, Words(_found[found].State),
                _witness.Contains(_choices[choice].Operation)));
            found = from;
        }

        steps.Reverse();
        return steps;
    }

    string Words(int state) => ToldValue.Of(_machine.Describe(state), MostLetters);

    ulong Before(int invokedAt)
    {
        var before = 0ul;
        foreach (var (at, operation) in _problem.ReturnedAt.Zip(_problem.Returns))
            before |= at < invokedAt ? 1ul << operation : 0;
        return before;
    }

    /// <summary>An operation that may come next.</summary>
    /// <param name="Operation">Index of the operation.</param>
    /// <param name="Class">Its class.</param>
    /// <param name="Place">Its bit; none where it may come again and again.</param>
    /// <param name="Before">What must have come before.</param>
    readonly record struct Choice(int Operation, int Class, ulong Place, ulong Before);
}
