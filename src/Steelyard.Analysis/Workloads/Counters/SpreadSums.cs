using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// What a counter can be once all that ended has spread: the adds that ended ok before a read began, with any
/// of the others that began before the read ended. Reads are to be asked by invocation; from one to the next
/// only the adds between them are looked at.
/// </summary>
/// <param name="adds">The adds that may have happened, by invocation.</param>
internal sealed class SpreadSums(List<Operation> adds)
{
    readonly ReachableSums _sums = new();
    readonly List<Operation> _ended =
        [.. adds.Where(add => add.Outcome == Outcome.Ok).OrderBy(add => add.CompletedAt)];
    int _offered;
    int _counted;

    /// <summary>How many adds may have happened.</summary>
    public int Adds => adds.Count;

    /// <summary>The least it can be at the read last asked for.</summary>
    public long Lower => _sums.Lower;

    /// <summary>The most it can be at that read.</summary>
    public long Upper => _sums.Upper;

    /// <summary>Whether a read can have returned a value; null when that is not decided.</summary>
    public bool? Reaches(Operation read, long value)
    {
        while (_offered > 0 && adds[_offered - 1].InvokedAt > read.CompletedAt)
            _sums.Withdraw(adds[--_offered].Input.AsInteger);
        for (; _offered < adds.Count && adds[_offered].InvokedAt < read.CompletedAt; _offered++)
            Must(_sums.TryOffer(adds[_offered].Input.AsInteger), adds[_offered]);
        for (; _counted < _ended.Count && _ended[_counted].CompletedAt < read.InvokedAt; _counted++)
            Must(_sums.TryCount(_ended[_counted].Input.AsInteger), _ended[_counted]);
        return _sums.Reaches(value);
    }

    static void Must(bool fits, Operation add)
    {
        if (!fits)
            throw Mistake(add, "a sum of 64 bits", add.Input);
    }
}
