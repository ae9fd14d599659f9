using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// What one search is about: the operations of one object, the required ones in order of their returns and
/// the optional ones in order of their invocations. Operations have local numbers, by invocation.
/// </summary>
internal sealed class Problem
{
    Problem(StateMachine machine, int[] operations)
    {
        Machine = machine;
        Operations = operations;
        InvokedAt = new int[operations.Length];
        Class = new int[operations.Length];
        ReturnOf = new int[operations.Length];
        Observes = new bool[operations.Length];
        EarlierTwin = new int[operations.Length];
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

    /// <summary>For an optional operation the one before it of the same class, or -1. Alike and open for
    /// ever, they are interchangeable: the later is tried only after the earlier.</summary>
    public int[] EarlierTwin { get; }

    /// <summary>Required operations, by return.</summary>
    public int[] Returns { get; private set; } = [];

    /// <summary>Position of each return.</summary>
    public int[] ReturnedAt { get; private set; } = [];

    /// <summary>Optional operations, by invocation.</summary>
    public int[] Optional { get; private set; } = [];

    /// <summary>Builds the problem of some operations of a history, given by invocation; what the model
    /// ignores, and crashed operations that only observe, are left out.</summary>
    /// <param name="model">The specification.</param>
    /// <param name="history">The history.</param>
    /// <param name="candidates">Indices of operations of one object, ascending.</param>
    /// <param name="weakened">Operations to treat as optional whatever their outcome; null for none.</param>
    public static Problem Of(
        Model model, History history, IReadOnlyList<int> candidates, bool[]? weakened = null)
    {
        var kept = new List<int>(candidates.Count);
        foreach (var index in candidates)
            if (Counts(model, history[index])
                && (weakened?[index] != true || !model.OnlyObserves(history[index])))
                kept.Add(index);
        var key = model.KeysAreIndependent && kept.Count > 0 ? history[kept[0]].Key : Value.Nil;
        var problem = new Problem(model.Machine(history, key), [.. kept]);
        problem.Fill(model, history, weakened);
        return problem;
    }

    /// <summary>False for what no explanation needs to contain.</summary>
    public static bool Counts(Model model, Operation operation) => model.RoleOf(operation) switch
    {
        OperationRole.Required => true,
        OperationRole.Optional => !model.OnlyObserves(operation),
        _ => false,
    };

    void Fill(Model model, History history, bool[]? weakened)
    {
        var returns = new List<(int At, int Operation)>(Operations.Length);
        var optional = new List<int>();
        var lastOfClass = new Dictionary<int, int>();
        for (var i = 0; i < Operations.Length; i++)
        {
            var operation = history[Operations[i]];
            InvokedAt[i] = operation.InvokedAt;
            Class[i] = Machine.ClassOf(operation);
            Observes[i] = model.OnlyObserves(operation);
            EarlierTwin[i] = -1;
            ReturnOf[i] = int.MaxValue;
            if (weakened?[Operations[i]] != true && model.RoleOf(operation) == OperationRole.Required)
            {
                returns.Add((operation.CompletedAt, i));
                continue;
            }

            EarlierTwin[i] = lastOfClass.GetValueOrDefault(Class[i], -1);
            lastOfClass[Class[i]] = i;
            optional.Add(i);
        }

        returns.Sort();
        Returns = [.. returns.Select(r => r.Operation)];
        ReturnedAt = [.. returns.Select(r => r.At)];
        for (var r = 0; r < Returns.Length; r++)
            ReturnOf[Returns[r]] = r;
        Optional = [.. optional];
    }
}
