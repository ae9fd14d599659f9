using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Definitions;

/// <summary>
/// The words that ask of each step by itself, by their definitions: sessions are the steps of a process one
/// after another (Terry et al. 1994, section 3; PRAM: Lipton and Sandberg 1988; sequential: Lamport 1979;
/// linearizable, of each key with transactions as its operations: Herlihy and Wing 1990).
/// </summary>
internal sealed class StepDefinitions
{
    readonly DefinedHistory _history;
    readonly List<Op> _steps = [];

    /// <summary>The words defined here.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads", "pram",
        "sequential", "linearizable", "2-atomic",
    ];

    public StepDefinitions(DefinedHistory history)
    {
        _history = history;
        for (var transaction = 0; transaction < history.Count; transaction++)
            foreach (var step in history.Chosen[transaction].Steps)
                _steps.Add(new(_steps.Count, transaction, history.Chosen[transaction].Process, step));
    }

    public bool? Keeps(string word) => _history.ReadsAborted || !ListsHaveOrder() ? word switch
    {
        "2-atomic" => null,
        _ => false,
    }
    : word switch
    {
        "read-your-writes" => !_steps.Exists(MissesOwnWrite),
        "monotonic-reads" => !AnyPair((a, b) => !a.IsWrite && !b.IsWrite && a.Key == b.Key && WentBack(a, b)),
        "monotonic-writes" => !AnyPair(BreaksMonotonicWrites) && WritesAreInOrder(),
        "writes-follow-reads" => !AnyPair(BreaksWritesFollowReads),
        "pram" => Processes().All(process => HasView(process)),
        "sequential" => HasView(null),
        "linearizable" => Enumerable.Range(0, _history.KeyCount).All(IsLinearizable),
        _ => null,
    };

    bool AnyPair(Func<Op, Op, bool> breaks) =>
        _steps.Exists(a => _steps.Exists(b => Before(a, b) && breaks(a, b)));

    static bool Before(Op a, Op b) => a.Process == b.Process && a.Number < b.Number;

    IEnumerable<int> Processes() => _steps.Select(step => step.Process).Distinct();

    Op? Writer(Op read) => _steps.Find(
        write => write.IsWrite && write.Key == read.Key && write.Value == read.Value);

    // The longest list read of each key; all others must be its beginning, with nothing twice.
    IReadOnlyList<Value> Longest(Value key) => _steps
        .Where(step => step.Key == key && step.List is not null).Select(step => step.List!)
        .OrderByDescending(list => list.Count).FirstOrDefault() ?? [];

    bool ListsHaveOrder() => _steps.TrueForAll(step => step.List is not { } list
        || (Longest(step.Key).Take(list.Count).SequenceEqual(list) && list.Distinct().Count() == list.Count))
        && _history.Chosen.All(one => one.Steps.Where(step => step.IsWrite).GroupBy(step => step.Key).All(
            group => IsRising(group.Select(step => PlaceOf(step.Key, step.Value)).ToList())));

    bool HoldsLists => _steps.Exists(step => step.List is not null);

    int PlaceOf(Value key, Value value)
    {
        var place = Longest(key).ToList().IndexOf(value);
        return value.IsNil ? -1 : place < 0 ? int.MaxValue : place;
    }

    static bool IsRising(List<int> places)
    {
        for (var i = 1; i < places.Count; i++)
            if (places[i] < places[i - 1])
                return false;
        return true;
    }

    // Of registers older is the first state, and what the same process wrote before; of lists what stands
    // before.
    bool IsOlder(Op read, Op than)
    {
        if (HoldsLists)
            return PlaceOf(read.Key, read.Value) < PlaceOf(than.Key, than.Value);
        return read.Value.IsNil ? !than.Value.IsNil : Writer(read) is { } writer && Before(writer, than);
    }

    bool MissesOwnWrite(Op read) => !read.IsWrite
        && (_steps.Exists(write => write.IsWrite && write.Key == read.Key && Before(write, read)
            && IsOlder(read, write))
        || (Writer(read) is { } own && Before(read, own)));

    bool WentBack(Op first, Op last)
    {
        if (first.Value.IsNil)
            return false;
        if (HoldsLists)
            return IsOlder(last, first);
        return last.Value.IsNil || (Writer(last) is { } writer && Writer(first) is { } newer
                && Before(writer, newer))
            || (first.Value == last.Value && _steps.Exists(between => !between.IsWrite
                && between.Key == first.Key && between.Value != first.Value && Before(first, between)
                && Before(between, last)));
    }

    bool WritesAreInOrder() => !HoldsLists || !AnyPair((a, b) => a.IsWrite && b.IsWrite && a.Key == b.Key
        && PlaceOf(b.Key, b.Value) < PlaceOf(a.Key, a.Value));

    bool BreaksMonotonicWrites(Op first, Op last) => !first.IsWrite && !last.IsWrite
        && Writer(first) is { } seen && _steps.Exists(missed => missed.IsWrite && missed.Key == last.Key
            && Before(missed, seen) && (IsOlder(last, missed)
                || (!HoldsLists && Writer(last) == missed && seen.Key == last.Key)));

    bool BreaksWritesFollowReads(Op first, Op last) => !first.IsWrite && !last.IsWrite
        && Writer(first) is { } seen && _steps.Exists(read => !read.IsWrite && !read.Value.IsNil
            && read.Key == last.Key && Before(read, seen) && (HoldsLists ? IsOlder(last, read)
                : Writer(read) is { } newer && (IsOlder(last, newer)
                    || (Writer(last) == newer && seen.Key == last.Key))));

    // One order of all writes and the reads of one process, or of all.
    bool HasView(int? process)
    {
        var view = _steps.Where(step => step.IsWrite || (process ?? step.Process) == step.Process).ToList();
        return Extend([], view, Before);
    }

    bool Extend(List<Op> done, List<Op> left, Func<Op, Op, bool> before)
    {
        if (left.Count == 0)
            return true;
        foreach (var next in left)
        {
            if (left.Exists(other => other != next && before(other, next)) || !Fits(done, next))
                continue;
            if (Extend([.. done, next], [.. left.Where(other => other != next)], before))
                return true;
        }

        return false;
    }

    bool Fits(List<Op> done, Op next)
    {
        var written = done.Where(step => step.IsWrite && step.Key == next.Key).Select(step => step.Value)
            .ToList();
        if (!next.IsWrite)
            return next.Value == (written.Count == 0 ? Value.Nil : written[^1]);
        // Appends come in the order of the list; those that nobody read after all that were.
        return !HoldsLists || written.Select(value => PlaceOf(next.Key, value))
            .Append(PlaceOf(next.Key, next.Value)).ToList() is var places && IsRising(places);
    }

    bool IsLinearizable(int key)
    {
        var name = _history.Key(key);
        var touching = Enumerable.Range(0, _history.Count)
            .Where(one => _history.Chosen[one].Steps.Exists(step => step.Key == name)).ToList();
        return Atoms([], touching);

        bool Atoms(List<Value> held, List<int> left)
        {
            if (left.Count == 0)
                return true;
            foreach (var next in left)
                if (!left.Exists(other => ((_history.RealTime[other] >> next) & 1) != 0)
                    && After(held, next, name) is { } then
                    && Atoms(then, [.. left.Where(other => other != next)]))
                    return true;
            return false;
        }
    }

    List<Value>? After(List<Value> held, int transaction, Value key)
    {
        var then = new List<Value>(held);
        foreach (var step in _history.Chosen[transaction].Steps.Where(step => step.Key == key))
            if (step.IsWrite)
                then.Add(step.Value);
            else if (step.List is { } list ? !list.SequenceEqual(then)
                : step.Value != (then.Count == 0 ? Value.Nil : then[^1]))
                return null;
        return then;
    }

    sealed record Op(int Number, int Transaction, int Process, DefinedStep Step)
    {
        public bool IsWrite => Step.IsWrite;

        public Value Key => Step.Key;

        public Value Value => Step.Value;

        public IReadOnlyList<Value>? List => Step.List;
    }
}
