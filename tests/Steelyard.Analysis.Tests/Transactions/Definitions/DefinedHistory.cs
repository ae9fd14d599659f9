using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Definitions;

/// <summary>A read of what another transaction left, or of the first state.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="Place">Which of its steps.</param>
/// <param name="Key">The key, as a number.</param>
/// <param name="From">Who wrote it; -1 is the first state.</param>
internal sealed record DefinedRead(int Reader, int Place, int Key, int From);

/// <summary>
/// A history with some of its transactions of unknown outcome, as relations: sets of transactions are bits.
/// </summary>
internal sealed class DefinedHistory
{
    readonly List<Value> _keys;

    DefinedHistory(IReadOnlyList<DefinedTransaction> chosen, IReadOnlyList<DefinedTransaction> all)
    {
        Chosen = chosen;
        _keys = [.. all.SelectMany(one => one.Steps).Select(step => step.Key).Distinct()];
        Writers = [.. _keys.Select(key => Bits(one => one.Written(key).Any()))];
        Sessions = Relation((one, other) => one.Process == other.Process && one.Index < other.Index);
        RealTime = Relation((one, other) => one.Ends < other.Begins);
        for (var reader = 0; reader < chosen.Count; reader++)
            for (var place = 0; place < chosen[reader].Steps.Count && IsPossible; place++)
                if (!chosen[reader].Steps[place].IsWrite)
                    Take(reader, place, all);
        ReadsAborted |= !ListsAgree();
        Reads = Relation((one, other) => Others.Any(
            read => read.From >= 0 && chosen[read.From] == one && chosen[read.Reader] == other));
    }

    public IReadOnlyList<DefinedTransaction> Chosen { get; }

    public int Count => Chosen.Count;

    public int KeyCount => _keys.Count;

    /// <summary>Who wrote each key.</summary>
    public int[] Writers { get; }

    /// <summary>Who comes after each in its session.</summary>
    public int[] Sessions { get; }

    /// <summary>Who began after each had ended.</summary>
    public int[] RealTime { get; }

    /// <summary>Who read from each.</summary>
    public int[] Reads { get; }

    /// <summary>The reads of what others left.</summary>
    public List<DefinedRead> Others { get; } = [];

    /// <summary>False when somebody read what one of those left out wrote.</summary>
    public bool IsPossible { get; private set; } = true;

    /// <summary>A value of a failed transaction was read, or one that nobody wrote; or two lists of a key
    /// were, of which neither is the other's beginning: what one of them shows was taken back.</summary>
    public bool ReadsAborted { get; private set; }

    /// <summary>A value was read that its transaction itself overwrote, or one's own before it was
    /// written.</summary>
    public bool ReadsUnfinished { get; private set; }

    /// <summary>A transaction does not see its own write.</summary>
    public bool MissesOwn { get; private set; }

    /// <summary>A transaction read two versions of a key.</summary>
    public bool ReadsTwice => Others.Any(one => Others.Any(other => one.Reader == other.Reader
        && one.Key == other.Key && one.From != other.From));

    /// <summary>The history with each subset of what may have happened.</summary>
    public static IEnumerable<DefinedHistory> Subsets(History history)
    {
        var all = history.Operations.Select(operation => new DefinedTransaction(operation)).ToList();
        var read = all.SelectMany(one => one.Steps).Where(step => !step.IsWrite && step.List is null
            && !step.Value.IsNil && !all.Exists(one => one.Written(step.Key).Contains(step.Value)));
        all.AddRange(read.Distinct().ToList().Select((step, i) => new DefinedTransaction(step, 1_000 + i)));
        var unsure = all.Where(one => one.Outcome is Outcome.Info or Outcome.Open).ToList();
        for (var bits = 0; bits < 1 << unsure.Count; bits++)
        {
            var subset = bits;
            var one = new DefinedHistory(
                [.. all.Where(txn => txn.IsOk
                    || (unsure.IndexOf(txn) is >= 0 and var place && ((subset >> place) & 1) != 0))], all);
            if (one.IsPossible)
                yield return one;
        }
    }

    public Value Key(int key) => _keys[key];

    public int KeyNumber(Value key) => _keys.IndexOf(key);

    public bool Writes(int transaction, int key) => ((Writers[key] >> transaction) & 1) != 0;

    void Take(int reader, int place, IReadOnlyList<DefinedTransaction> all)
    {
        var step = Chosen[reader].Steps[place];
        var own = Chosen[reader].Steps.Take(place).Where(one => one.IsWrite && one.Key == step.Key)
            .Select(one => one.Value).ToList();
        if (own.Count > 0 && step.Value != own[^1])
            MissesOwn = true;
        if (step.List is { } list && own.Count > 0)
            MissesOwn |= !IsExpected(reader, place, list, own);
        foreach (var seen in step.List ?? (step.Value.IsNil ? [] : [step.Value]))
        {
            var writers = all.Where(one => one.Written(step.Key).Contains(seen)).ToList();
            ReadsAborted |= writers.TrueForAll(one => one.Outcome == Outcome.Fail);
            IsPossible &= writers.TrueForAll(one => one.Outcome == Outcome.Fail || Chosen.Contains(one));
        }

        AddOther(reader, place, own);
    }

    // What the transaction had read of the list and then its own appends; or any that end in these.
    bool IsExpected(int reader, int place, IReadOnlyList<Value> list, List<Value> own)
    {
        var key = Chosen[reader].Steps[place].Key;
        var expected = new List<Value>();
        var isKnown = false;
        foreach (var step in Chosen[reader].Steps.Take(place).Where(step => step.Key == key))
            if (step.List is { } read)
                (expected, isKnown) = ([.. read], true);
            else
                expected.Add(step.Value);
        return isKnown ? list.SequenceEqual(expected) : list.TakeLast(own.Count).SequenceEqual(own);
    }

    // Of a list the last element is the version read.
    void AddOther(int reader, int place, List<Value> own)
    {
        var step = Chosen[reader].Steps[place];
        var from = step.Value.IsNil ? -1 : Place(one => one.Written(step.Key).Contains(step.Value));
        if (from >= 0)
            ReadsUnfinished |= from == reader
                ? !own.Contains(step.Value)
                : Chosen[from].Written(step.Key).Last() != step.Value;
        if (own.Count == 0 && from != reader && (from >= 0 || step.Value.IsNil))
            Others.Add(new(reader, place, KeyNumber(step.Key), from));
    }

    bool ListsAgree()
    {
        var lists = Chosen.SelectMany(one => one.Steps).Where(step => step.List is not null).ToList();
        return lists.TrueForAll(one => lists.TrueForAll(other =>
            one.Key != other.Key || one.List!.Count > other.List!.Count
            || other.List.Take(one.List.Count).SequenceEqual(one.List)));
    }

    int Place(Func<DefinedTransaction, bool> isIt)
    {
        for (var i = 0; i < Chosen.Count; i++)
            if (isIt(Chosen[i]))
                return i;
        return -1;
    }

    int Bits(Func<DefinedTransaction, bool> isIn)
    {
        var bits = 0;
        for (var i = 0; i < Chosen.Count; i++)
            bits |= isIn(Chosen[i]) ? 1 << i : 0;
        return bits;
    }

    int[] Relation(Func<DefinedTransaction, DefinedTransaction, bool> leads) =>
        [.. Chosen.Select(one => Bits(other => one != other && leads(one, other)))];
}
