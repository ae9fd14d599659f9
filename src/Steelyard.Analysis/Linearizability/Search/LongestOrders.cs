using System.Numerics;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// The longest orders of a few operations that have none of them all: every order is tried (Wing and Gong
/// 1993, section 3), each configuration once, and those with the most operations of known outcome are kept.
/// </summary>
internal sealed class LongestOrders
{
    /// <summary>Of more operations nobody reads an order.</summary>
    public const int MostOperations = 24;

    const int MostConfigurations = 20_000;
    const int MostKept = 100;
    const int MostLetters = 120;

    readonly Problem _problem;
    readonly StateMachine _machine;
    readonly History _history;
    readonly uint _required;
    readonly uint[] _before;
    readonly HashSet<(uint Placed, int State)> _seen = [];
    readonly List<(int Operation, int State)> _order = [];
    readonly List<PartialOrder> _longest = [];
    int _most;
    bool _isExplained;
    bool _isOff;

    LongestOrders(Problem problem, History history)
    {
        (_problem, _machine, _history) = (problem, problem.Machine, history);
        _before = new uint[problem.Operations.Length];
        for (var i = 0; i < _before.Length; i++)
        {
            if (problem.ReturnOf[i] == int.MaxValue)
                continue;
            _required |= 1u << i;
            for (var later = 0; later < _before.Length; later++)
                if (problem.ReturnedAt[problem.ReturnOf[i]] < problem.InvokedAt[later])
                    _before[later] |= 1u << i;
        }
    }

    /// <summary>They, up to a hundred; none where the operations or their orders are many, or where they have
    /// an order after all.</summary>
    /// <param name="model">The model, fitted to the history.</param>
    /// <param name="history">The history.</param>
    /// <param name="operations">Indices of operations of one object, ascending.</param>
    public static IReadOnlyList<PartialOrder> Of(
        Model model, History history, IReadOnlyList<int> operations)
    {
        if (operations.Count > MostOperations)
            return [];
        var part = operations.Where(index => Problem.Counts(model, history[index])).ToList();
        if (part.Count == 0)
            return [];
        var orders = new LongestOrders(Problem.Of(model, history, part), history);
        orders.Visit(0, StateMachine.Initial);
        return orders._isExplained || orders._isOff ? [] : orders._longest;
    }

    void Visit(uint placed, int state)
    {
        // Where not all are looked at, nobody knows the longest.
        _isOff |= _seen.Count >= MostConfigurations;
        if (_isExplained || _isOff || !_seen.Add((placed, state)))
            return;
        if ((placed & _required) == _required)
        {
            _isExplained = true;
            return;
        }

        var goesOn = false;
        for (var operation = 0; operation < _before.Length; operation++)
        {
            if (!CanCome(operation, placed) || StepOf(operation, state) is not (>= 0 and var next))
                continue;
            goesOn |= (_required >> operation & 1) != 0;
            _order.Add((operation, next));
            Visit(placed | 1u << operation, next);
            _order.RemoveAt(_order.Count - 1);
        }

        if (!goesOn)
            Keep(placed, state);
    }

    bool CanCome(int operation, uint placed) =>
        (placed >> operation & 1) == 0 && (_before[operation] & ~placed) == 0;

    // What nobody waits for, and changes nothing, need not be in an order.
    int StepOf(int operation, int state)
    {
        var next = _machine.Step(state, _problem.Class[operation]);
        var isIdle = next == state && (_required >> operation & 1) == 0;
        return isIdle ? StateMachine.Refused : next;
    }

    void Keep(uint placed, int state)
    {
        var length = BitOperations.PopCount(placed & _required);
        if (length < _most)
            return;
        if (length > _most)
            _longest.Clear();
        _most = length;
        if (_longest.Count < MostKept)
            _longest.Add(Told(placed, state));
    }

    PartialOrder Told(uint placed, int state)
    {
        var left = Enumerable.Range(0, _before.Length)
            .Where(operation => (_required >> operation & 1) != 0 && (placed >> operation & 1) == 0)
            .ToLookup(operation => CanCome(operation, placed));
        return new(
            Words(StateMachine.Initial),
            [.. _order.Select(step =>
                new PartialStep(_problem.Operations[step.Operation], Words(step.State)))],
            [.. left[true].Select(operation => Refused(_problem.Operations[operation], state))],
            left[false].Count());
    }

    RefusedStep Refused(int operation, int state) =>
        new(operation, _machine.Against(_history[operation], state));

    string Words(int state) => ToldValue.Of(_machine.Describe(state), MostLetters);
}
