namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// For each return, which required operations are open just before it, those that return first standing
/// first; and a slot for every operation, so that a set of open operations is a few words of bits however
/// long the history is.
/// </summary>
internal sealed class OpenOperations
{
    // A gigabyte.
    const long MostHeld = 250_000_000;

    readonly List<int> _mutators = [];
    readonly List<int> _observers = [];
    readonly int[] _mutatorsFrom;
    readonly int[] _observersFrom;

    public OpenOperations(Problem problem)
    {
        Slot = new int[problem.Operations.Length];
        OptionalBefore = new int[problem.Returns.Length];
        _mutatorsFrom = new int[problem.Returns.Length + 1];
        _observersFrom = new int[problem.Returns.Length + 1];
        RequiredWords = (Fill(problem) + 63) / 64;
        OptionalWords = (problem.Optional.Length + 63) / 64;
        for (var i = 0; i < problem.Optional.Length; i++)
            Slot[problem.Optional[i]] = (RequiredWords * 64) + i;
    }

    /// <summary>False where more is open at once, for longer, than can be held.</summary>
    public static bool Fits(Problem problem)
    {
        var (held, open, next) = (0L, 0L, 0);
        for (var r = 0; r < problem.Returns.Length; r++, open--)
        {
            for (; next < problem.InvokedAt.Length && problem.InvokedAt[next] < problem.ReturnedAt[r]; next++)
                open += problem.ReturnOf[next] == int.MaxValue ? 0 : 1;
            held += open;
        }

        return held <= MostHeld;
    }

    /// <summary>Words in a set of open required operations.</summary>
    public int RequiredWords { get; }

    /// <summary>Words in a set of optional operations; they stand behind the required ones.</summary>
    public int OptionalWords { get; }

    /// <summary>The bit of each operation; a required one's is given again once it has returned.</summary>
    public int[] Slot { get; }

    /// <summary>How many optional operations were invoked before each return.</summary>
    public int[] OptionalBefore { get; }

    /// <summary>Open operations that may change the state, just before a return.</summary>
    public ReadOnlySpan<int> Mutators(int atReturn) => Between(_mutators, _mutatorsFrom, atReturn);

    /// <summary>Open operations that only observe, just before a return.</summary>
    public ReadOnlySpan<int> Observers(int atReturn) => Between(_observers, _observersFrom, atReturn);

    static ReadOnlySpan<int> Between(List<int> all, int[] from, int at) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all)[from[at]..from[at + 1]];

    int Fill(Problem problem)
    {
        var free = new PriorityQueue<int, int>();
        var open = new List<int>();
        var (next, slots, optional) = (0, 0, 0);
        for (var r = 0; r < problem.Returns.Length; r++)
        {
            for (; next < Slot.Length && problem.InvokedAt[next] < problem.ReturnedAt[r]; next++)
            {
                if (problem.ReturnOf[next] == int.MaxValue)
                {
                    optional++;
                    continue;
                }

                Slot[next] = free.Count > 0 ? free.Dequeue() : slots++;
                open.Insert(PlaceByReturn(open, problem, next), next);
            }

            OptionalBefore[r] = optional;
            Record(problem, open, r);
            var returned = problem.Returns[r];
            open.RemoveAt(0);
            free.Enqueue(Slot[returned], Slot[returned]);
        }

        return slots;
    }

    void Record(Problem problem, List<int> open, int r)
    {
        foreach (var operation in open)
            (problem.Observes[operation] ? _observers : _mutators).Add(operation);
        _mutatorsFrom[r + 1] = _mutators.Count;
        _observersFrom[r + 1] = _observers.Count;
    }

    static int PlaceByReturn(List<int> open, Problem problem, int operation)
    {
        var at = open.Count;
        while (at > 0 && problem.ReturnOf[open[at - 1]] > problem.ReturnOf[operation])
            at--;
        return at;
    }
}
