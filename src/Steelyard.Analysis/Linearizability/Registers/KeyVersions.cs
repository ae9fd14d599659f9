using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// The reads and writes of one key, and which write each value came from. A version is a write, by its
/// history index; <see cref="InitialVersion"/> is what stood there before any.
/// </summary>
internal sealed class KeyVersions
{
    /// <summary>The version before the first write.</summary>
    public const int InitialVersion = -1;

    readonly History _history;
    readonly List<int> _reads = [];
    readonly List<int> _writes = [];
    readonly Dictionary<Value, List<int>> _writersOf = [];
    readonly Dictionary<Value, int[]> _freshest = [];
    bool _appends;

    KeyVersions(History history, Value key)
    {
        _history = history;
        Key = key;
    }

    /// <summary>The key.</summary>
    public Value Key { get; }

    /// <summary>Completed reads, by invocation.</summary>
    public IReadOnlyList<int> Reads => _reads;

    /// <summary>Writes that happened or may have, by invocation; a cas that matched is one.</summary>
    public IReadOnlyList<int> Writes => _writes;

    /// <summary>The keys of a history that hold plain values, in order of first use. Keys with appends are
    /// left out: a text that grew does not name one write.</summary>
    /// <exception cref="UserMistakeException">A cas is not [from, to].</exception>
    public static IReadOnlyList<KeyVersions> Of(History history)
    {
        RegisterShapes.All.MustFit(history);
        var keys = history.Keys.Select(key => new KeyVersions(history, key)).ToList();
        for (var i = 0; i < history.Count; i++)
            keys[history.KeyNumber(i)].Add(history[i]);
        return [.. keys.Where(k => !k._appends && k._reads.Count > 0)];
    }

    /// <summary>
    /// The versions that one returned value may be: the writes of it invoked before the read ended, and the
    /// initial version for nil and the empty text. Empty when nobody wrote it.
    /// </summary>
    public IEnumerable<int> VersionsOf(Value value, Operation read)
    {
        if (value.IsNil || value == "")
            yield return InitialVersion;
        foreach (var write in _writersOf.GetValueOrDefault(value, []))
            if (_history[write].InvokedAt < read.CompletedAt)
                yield return write;
    }

    /// <summary>Of the same versions the one that ended last, one of unknown outcome being the last of all:
    /// each of the others is older than whatever this one is older than. Null when nobody wrote the
    /// value.</summary>
    public int? FreshestOf(Value value, Operation read)
    {
        if (_writersOf.TryGetValue(value, out var writers))
        {
            var begun = BegunBefore(writers, read.CompletedAt);
            if (begun > 0)
                return writers.Count == 1 ? writers[0] : Freshest(value, writers)[begun - 1];
        }

        return value.IsNil || value == "" ? InitialVersion : null;
    }

    // By invocation, the one that ended last of those up to each.
    int[] Freshest(Value value, List<int> writers)
    {
        if (_freshest.TryGetValue(value, out var known))
            return known;
        var freshest = new int[writers.Count];
        for (var i = 0; i < freshest.Length; i++)
            freshest[i] = i > 0 && EndOf(freshest[i - 1]) >= EndOf(writers[i])
                ? freshest[i - 1] : writers[i];
        return _freshest[value] = freshest;
    }

    int EndOf(int write) =>
        _history[write].Outcome == Outcome.Ok ? _history[write].CompletedAt : int.MaxValue;

    int BegunBefore(List<int> writers, int position)
    {
        var (low, high) = (0, writers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_history[writers[middle]].InvokedAt < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The values a read returned: one, or its siblings; an empty list is nil.</summary>
    public static Value[] ValuesOf(Operation read) => read.Output.Kind != ValueKind.List
        ? [read.Output]
        : read.Output.AsList.IsEmpty ? [Value.Nil] : read.Output.AsList.ToArray();

    /// <summary>
    /// True when real time alone says that a version came before another: it had been written when the
    /// other's write began. The initial version came before all.
    /// </summary>
    public bool IsOlder(int version, int than)
    {
        if (version == InitialVersion || than == InitialVersion)
            return version == InitialVersion && than != InitialVersion;
        var write = _history[version];
        return write.Outcome == Outcome.Ok && write.CompletedAt < _history[than].InvokedAt;
    }

    /// <summary>
    /// True when all that a read returned is surely older than a version: every sibling, whichever of its
    /// writes it came from. A value that nobody wrote is no version, so nothing is sure of it.
    /// </summary>
    public bool ReadsOlder(Operation read, int than)
    {
        foreach (var value in ValuesOf(read))
            if (FreshestOf(value, read) is not { } freshest || !IsOlder(freshest, than))
                return false;
        return true;
    }

    /// <summary>The value that a write or a cas left.</summary>
    public static Value ValueWritten(Operation write) =>
        write.Function == Functions.Cas ? write.Input.AsList[1]
        : write.Function == Functions.Delete ? Value.Nil : write.Input;

    void Add(Operation operation)
    {
        switch (operation.Function)
        {
            case Functions.Read or Functions.Get when operation.Outcome == Outcome.Ok:
                _reads.Add(operation.Index);
                break;
            case Functions.Write or Functions.Put or Functions.Cas or Functions.Delete
                when operation.MayHaveHappened:
                AddWrite(operation.Index, ValueWritten(operation));
                break;
            case Functions.Append when operation.MayHaveHappened:
                _appends = true;
                break;
        }
    }

    void AddWrite(int index, Value value)
    {
        _writes.Add(index);
        if (_writersOf.TryGetValue(value, out var writers))
            writers.Add(index);
        else
            _writersOf.Add(value, [index]);
    }
}
