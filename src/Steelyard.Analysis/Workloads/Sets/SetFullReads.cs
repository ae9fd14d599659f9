using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Sets;

/// <summary>
/// The reads of one set, and which elements each of them holds. Takes O(operations + elements read): of each
/// element only the last read without it matters, and that is found from the end of the reads with it.
/// </summary>
internal sealed class SetFullReads
{
    readonly List<Operation> _reads = [];
    readonly Dictionary<Value, SetFullElement> _elements = [];

    public SetFullReads(List<Operation> part, string add = FinalSet.Add)
    {
        var adding = SetAdds.ByElement(part, add);
        foreach (var (value, adds) in adding)
            if (adds.Attempt is { } attempt)
                _elements.Add(value, new(value, attempt) { Known = adds.Acknowledged });
        foreach (var operation in part)
            if (operation is { Function: Functions.Read, Outcome: Outcome.Ok })
                AddRead(operation, adding);
    }

    /// <summary>The elements that may have been added, in order of their first add.</summary>
    public IEnumerable<SetFullElement> Elements => _elements.Values;

    /// <summary>Reads that hold an element more than once.</summary>
    public List<(Operation Read, Value Value)> Duplicates { get; } = [];

    /// <summary>Reads of what cannot have been there, with the add, if any, and why not.</summary>
    public List<(Operation Read, Value Value, Operation? Add, string Why)> Unexpected { get; } = [];

    /// <summary>What became of an element.</summary>
    public SetElementFate FateOf(SetFullElement element)
    {
        if (element.Known is not { } known)
            return new(SetElementKind.NeverRead);
        var (present, last) = (element.Present, _reads.Count - 1);
        var lastPresent = present.Count == 0 ? -1 : present[^1];
        if (lastPresent < last)
        {
            if (_reads[last].InvokedAt > known.CompletedAt)
                return new(SetElementKind.Lost)
                {
                    Missed = _reads[last],
                    LatencyNs = LostNs(known, lastPresent),
                };
            return lastPresent < 0 || AnyCouldHaveHeld(element, lastPresent)
                ? new(SetElementKind.NeverRead)
                : Stable(element, known, lastPresent);
        }

        return last < 0 ? new(SetElementKind.NeverRead) : Stable(element, known, last);
    }

    // Reads that ended before its first add began say nothing of it.
    bool AnyCouldHaveHeld(SetFullElement element, int after)
    {
        for (var read = after + 1; read < _reads.Count; read++)
            if (_reads[read].CompletedAt > element.Add.InvokedAt)
                return true;
        return false;
    }

    SetElementFate Stable(SetFullElement element, Operation known, int lastPresent)
    {
        var absent = lastPresent;
        for (var i = element.Present.Count - 1; i >= 0 && element.Present[i] == absent; i--)
            absent--;
        if (absent < 0 || _reads[absent].InvokedAt < known.CompletedAt)
            return new(SetElementKind.Stable);
        var missed = _reads[absent];
        return new(SetElementKind.Stable)
        {
            Stale = missed,
            LatencyNs = Math.Max(0, missed.InvokedNs + 1 - known.CompletedNs),
        };
    }

    long LostNs(Operation known, int lastPresent) => lastPresent < 0
        ? 0
        : Math.Max(0, _reads[lastPresent].InvokedNs + 1 - known.CompletedNs);

    void AddRead(Operation read, Dictionary<Value, SetAdds> adding)
    {
        var number = _reads.Count;
        _reads.Add(read);
        var (seen, twice) = (new HashSet<Value>(), new HashSet<Value>());
        foreach (var value in ElementsOf(read))
        {
            if (!seen.Add(value))
            {
                if (twice.Add(value))
                    Duplicates.Add((read, value));
                continue;
            }

            var adds = adding.GetValueOrDefault(value);
            if (SetAdds.WhyUnexpected(adds, read) is { } why)
                Unexpected.Add((read, value, adds?.First, why));
            if (_elements.TryGetValue(value, out var element))
                element.SeenBy(read, number);
        }
    }
}

/// <summary>One element of a set that is read all the while.</summary>
internal sealed class SetFullElement(Value value, Operation add)
{
    public Value Value => value;

    /// <summary>The first add that may have happened.</summary>
    public Operation Add => add;

    /// <summary>The operation whose end proves it was there: an add or a read, the earliest.</summary>
    public Operation? Known { get; set; }

    /// <summary>The reads that hold it, by number.</summary>
    public List<int> Present { get; } = [];

    public void SeenBy(Operation read, int number)
    {
        Present.Add(number);
        if (Known is not { } known || read.CompletedAt < known.CompletedAt)
            Known = read;
    }
}
