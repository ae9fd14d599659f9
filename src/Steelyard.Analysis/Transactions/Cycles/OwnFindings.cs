using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// What is wrong inside single transactions over lists (internal, future-read), and updates that were lost:
/// transactions that read the same version of a key and all wrote it.
/// </summary>
internal sealed class OwnFindings(TransactionColumns columns, Findings findings)
{
    // What a transaction knows of a key: the list it read last (-1: it read none), then its own appends.
    readonly Dictionary<int, (int ReadStep, List<int> Own)> _known = [];

    /// <summary>Adds internal and future-read of all transactions.</summary>
    public void AddInternal()
    {
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            if (columns.Outcomes[transaction] != Outcome.Ok || IsSingle(transaction))
                continue;
            _known.Clear();
            InspectInternal(transaction);
            InspectFuture(transaction);
        }
    }

    bool IsSingle(int transaction) => columns.StepsEnd(transaction) - columns.FirstSteps[transaction] < 2;

    void InspectInternal(int transaction)
    {
        for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
        {
            var key = columns.StepKeys[step];
            var isKnown = _known.TryGetValue(key, out var known);
            if (columns.Kinds[step] == StepKind.Write)
            {
                if (!isKnown)
                    _known[key] = known = (-1, []);
                known.Own.Add(columns.StepVersions[step]);
                continue;
            }

            if (columns.Kinds[step] != StepKind.Read)
                continue;
            if (isKnown && !Agrees(step, known.ReadStep, known.Own))
            {
                AddContradiction(transaction, step);
                return;
            }

            _known[key] = (step, []);
        }
    }

    bool Agrees(int step, int readStep, List<int> own)
    {
        var read = columns.ListRead(step);
        var before = readStep < 0 ? [] : columns.ListRead(readStep);
        var expected = before.Length + own.Count;
        if (readStep < 0 ? read.Length < expected : read.Length != expected)
            return false;
        for (var i = 0; i < own.Count; i++)
            if (read[read.Length - own.Count + i] != own[i])
                return false;
        return readStep < 0 || read[..before.Length].SequenceEqual(before);
    }

    void AddContradiction(int transaction, int step) => findings.Add(
        "internal",
        () => $"{columns.Name(transaction)} read {columns.Key(columns.StepKeys[step])} ="
            + $" {ListText.Of(columns, columns.ListRead(step))}, which contradicts what it had read"
            + " or appended before",
        transaction);

    void InspectFuture(int transaction)
    {
        var end = columns.StepsEnd(transaction);
        for (var step = columns.FirstSteps[transaction]; step < end; step++)
        {
            if (columns.Kinds[step] != StepKind.Read)
                continue;
            for (var later = step + 1; later < end; later++)
            {
                if (columns.Kinds[later] != StepKind.Write
                    || columns.StepKeys[later] != columns.StepKeys[step]
                    || !columns.ListRead(step).Contains(columns.StepVersions[later]))
                    continue;
                var version = columns.StepVersions[later];
                findings.Add(
                    "future-read",
                    () => $"{columns.Name(transaction)} read {columns.VersionValue(version)} in"
                        + $" {columns.Key(columns.VersionKey(version))} before it appended it itself",
                    transaction);
                return;
            }
        }
    }
}
