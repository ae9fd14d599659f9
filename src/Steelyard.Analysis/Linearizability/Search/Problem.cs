using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// What one search is about: the operations of one object, the required ones in order of their returns and
/// the optional ones in order of their invocations. Operations have local numbers, by invocation.
/// </summary>
internal sealed class Problem
{
    Problem(StateMachine machine, int operations)
    {
        Machine = machine;
        Operations = new int[operations];
        InvokedAt = new int[operations];
        Class = new int[operations];
        ReturnOf = new int[operations];
        Observes = new bool[operations];
        Overwrites = new bool[operations];
        MayRepeat = new bool[operations];
        EarlierTwin = new int[operations];
        Rank = new int[operations];
        Array.Fill(Rank, int.MaxValue);
        Array.Fill(ReturnOf, int.MaxValue);
        Array.Fill(EarlierTwin, -1);
    }

    /// <summary>The specification.</summary>
    public StateMachine Machine { get; }

    /// <summary>History index of each operation.</summary>
    public int[] Operations { get; }

    /// <summary>Position of each invocation.</summary>
    public int[] InvokedAt { get; }

    /// <summary>The class of each operation; see <see cref="StateMachine.ClassOf"/>.</summary>
    public int[] Class { get; }

    /// <summary>Which return it is, counted from 0; <see cref="int.MaxValue"/> for an optional
    /// operation.</summary>
    public int[] ReturnOf { get; }

    /// <summary>Operations that never change the state.</summary>
    public bool[] Observes { get; }

    /// <summary>Operations after which nothing is left of the state before; told only where states
    /// grow.</summary>
    public bool[] Overwrites { get; }

    /// <summary>Operations that lead to few states however often they happen.</summary>
    public bool[] MayRepeat { get; }

    /// <summary>What may happen any number of times, by first invocation; each class once.</summary>
    public IReadOnlyList<Repeated> Repeated { get; private init; } = [];

    /// <summary>Where the history suggests that each operation stands; <see cref="int.MaxValue"/> without
    /// suggestion.</summary>
    public int[] Rank { get; }

    /// <summary>True when the history suggests an order.</summary>
    public bool IsRanked { get; private set; }

    /// <summary>True when a state can only grow until it is overwritten; see <see
    /// cref="Lookahead"/>.</summary>
    public bool Grows { get; private init; }

    /// <summary>For an optional operation the one before it of the same class, or -1. Alike and open for
    /// ever, they are interchangeable: the later is tried only after the earlier.</summary>
    public int[] EarlierTwin { get; }

    /// <summary>Required operations, by return.</summary>
    public int[] Returns { get; private set; } = [];

    /// <summary>Position of each return.</summary>
    public int[] ReturnedAt { get; private set; } = [];

    /// <summary>Optional operations, by invocation.</summary>
    public int[] Optional { get; private set; } = [];

    /// <summary>Builds the problem of some operations of a history; all of them must count.</summary>
    /// <param name="model">The specification.</param>
    /// <param name="history">The history.</param>
    /// <param name="part">Indices of operations of one object, ascending; see <see cref="Counts"/>.</param>
    public static Problem Of(Model model, History history, List<int> part)
    {
        var key = model.KeysAreIndependent && part.Count > 0 ? history[part[0]].Key : Value.Nil;
        var problem = new Problem(model.Machine(history, key), part.Count) { Grows = model.Grows };
        var returns = new List<(int At, int Operation)>(part.Count);
        for (var i = 0; i < part.Count; i++)
        {
            var operation = history[part[i]];
            problem.Operations[i] = operation.Index;
            problem.InvokedAt[i] = operation.InvokedAt;
            problem.Class[i] = problem.Machine.ClassOf(operation);
            problem.Observes[i] = model.OnlyObserves(operation);
            problem.Overwrites[i] = model.Grows && model.Overwrites(operation);
            problem.MayRepeat[i] = model.MayRepeat(operation);
            if (model.RankOf(operation) is { } rank)
                (problem.Rank[i], problem.IsRanked) = (rank, true);
            if (model.RoleOf(operation) == OperationRole.Required)
                returns.Add((operation.CompletedAt, i));
        }

        returns.Sort();
        problem.SetReturns(returns);
        return problem;
    }

    /// <summary>False for what no explanation needs to contain.</summary>
    public static bool Counts(Model model, Operation operation) => model.RoleOf(operation) switch
    {
        OperationRole.Required => true,
        OperationRole.Optional => !model.OnlyObserves(operation),
        _ => false,
    };

    /// <summary>
    /// The problem up to a position, with some operations weakened: those that only observe are left out, the
    /// others become optional, as do those that had not returned by then. Where a weakened one may repeat
    /// (<see cref="Model.MayRepeat"/>) it may happen any number of times: that allows more still, and a
    /// search need not remember which of them it has used.
    /// </summary>
    public Problem Weakened(int end, bool[] weakened, bool repeats = true)
    {
        var kept = new List<int>();
        var repeated = new List<Repeated>();
        var classes = new HashSet<int>();
        for (var i = 0; i < Operations.Length && InvokedAt[i] < end; i++)
            if (IsRequired(i, end, weakened) || (!Observes[i] && !(repeats && weakened[i] && MayRepeat[i])))
                kept.Add(i);
            else if (!Observes[i] && classes.Add(Class[i]))
                repeated.Add(new(Class[i], InvokedAt[i], Overwrites[i]));
        return Of(kept, end, weakened, repeated);
    }

    /// <summary>The problem of some operations alone, all of them required.</summary>
    public Problem Only(int end, List<int> operations)
    {
        var others = new bool[Operations.Length];
        Array.Fill(others, true);
        foreach (var operation in operations)
            others[operation] = false;
        return Of(operations, end, others, []);
    }

    Problem Of(List<int> kept, int end, bool[] weakened, List<Repeated> repeated)
    {
        var problem = new Problem(Machine, kept.Count)
        {
            Grows = Grows,
            IsRanked = IsRanked,
            Repeated = repeated,
        };
        var numbers = new int[Operations.Length];
        for (var i = 0; i < kept.Count; i++)
        {
            numbers[kept[i]] = i;
            problem.Operations[i] = Operations[kept[i]];
            problem.InvokedAt[i] = InvokedAt[kept[i]];
            problem.Class[i] = Class[kept[i]];
            problem.Observes[i] = Observes[kept[i]];
            problem.Overwrites[i] = Overwrites[kept[i]];
            problem.MayRepeat[i] = MayRepeat[kept[i]];
            problem.Rank[i] = Rank[kept[i]];
        }

        var returns = new List<(int At, int Operation)>();
        for (var r = 0; r < Returns.Length && ReturnedAt[r] <= end; r++)
            if (!weakened[Returns[r]])
                returns.Add((ReturnedAt[r], numbers[Returns[r]]));
        problem.SetReturns(returns);
        return problem;
    }

    /// <summary>Where each operation that overwrites was invoked, ascending.</summary>
    public int[] Overwriting() =>
    [
        .. Enumerable.Range(0, Operations.Length).Where(o => Overwrites[o]).Select(o => InvokedAt[o])
            .Concat(Repeated.Where(one => one.Overwrites).Select(one => one.InvokedAt)).Order(),
    ];

    /// <summary>Where the first one that overwrites and need not happen was invoked.</summary>
    public int FirstOptionalOverwriting() => Math.Min(
        Optional.Where(o => Overwrites[o]).Select(o => InvokedAt[o]).FirstOrDefault(int.MaxValue),
        Repeated.Where(one => one.Overwrites).Select(one => one.InvokedAt).FirstOrDefault(int.MaxValue));

    /// <summary>True when an operation has returned by a position and is not weakened.</summary>
    public bool IsRequired(int operation, int end, bool[] weakened) =>
        !weakened[operation] && ReturnOf[operation] != int.MaxValue && ReturnedAt[ReturnOf[operation]] <= end;

    void SetReturns(List<(int At, int Operation)> returns)
    {
        Returns = [.. returns.Select(r => r.Operation)];
        ReturnedAt = [.. returns.Select(r => r.At)];
        for (var r = 0; r < Returns.Length; r++)
            ReturnOf[Returns[r]] = r;
        var optional = new List<int>();
        var lastOfClass = new Dictionary<int, int>();
        for (var i = 0; i < Operations.Length; i++)
        {
            if (ReturnOf[i] != int.MaxValue)
                continue;
            EarlierTwin[i] = lastOfClass.GetValueOrDefault(Class[i], -1);
            lastOfClass[Class[i]] = i;
            optional.Add(i);
        }

        Optional = [.. optional];
    }
}

/// <summary>Operations of one class that may happen any number of times, or never.</summary>
/// <param name="Class">The class; see <see cref="StateMachine.ClassOf"/>.</param>
/// <param name="InvokedAt">Where the first of them was invoked; from then on.</param>
/// <param name="Overwrites">Whether nothing of the state before is left after them.</param>
internal readonly record struct Repeated(int Class, int InvokedAt, bool Overwrites);
