using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// Lost updates (Berenson et al. 1995, P4): two or more committed transactions first read the same version of
/// a key and then wrote it. Linear, and needs no version order.
/// </summary>
internal sealed class LostUpdates(TransactionColumns columns, Findings findings)
{
    readonly Dictionary<(int Key, int Version, int Length), List<int>> _updates = [];
    readonly List<(int Key, int Version, int Length)> _inOrder = [];
    readonly Dictionary<int, int> _firstUse = [];

    /// <summary>Adds one finding for each version that several updates were based on.</summary>
    /// <param name="readsLists">True when reads give lists.</param>
    public void AddAll(bool readsLists)
    {
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Outcomes[transaction] == Outcome.Ok)
                Gather(transaction, readsLists);
        foreach (var version in _inOrder)
            if (_updates[version] is { Count: > 1 } updates)
                Add(version.Key, version.Version, updates);
    }

    void Gather(int transaction, bool readsLists)
    {
        var (start, end) = (columns.FirstSteps[transaction], columns.StepsEnd(transaction));
        if (end - start < 2)
            return;
        _firstUse.Clear();
        for (var step = start; step < end; step++)
        {
            var key = columns.StepKeys[step];
            if (!_firstUse.TryGetValue(key, out var first))
                _firstUse.Add(key, columns.Kinds[step] == StepKind.Read ? step : -1);
            else if (first >= 0 && columns.Kinds[step] == StepKind.Write)
            {
                var version = readsLists ? columns.LastRead(first) : columns.StepVersions[first];
                Note((key, version, readsLists ? columns.StepLengths[first] : 0), transaction);
                _firstUse[key] = -1;
            }
        }
    }

    void Note((int, int, int) version, int transaction)
    {
        if (!_updates.TryGetValue(version, out var updates))
        {
            _updates.Add(version, updates = []);
            _inOrder.Add(version);
        }

        updates.Add(transaction);
    }

    void Add(int key, int version, List<int> updates) => findings.Add(
        "lost-update",
        () => $"{string.Join(" and ", updates.Take(3).Select(t => columns.Name(t)))}"
            + (updates.Count > 3 ? $" and {updates.Count - 3} more" : "")
            + $" all read the same version of {columns.Key(key)}"
            + (version < 0 ? " (the first)" : $" ({columns.VersionValue(version)})")
            + " and wrote it, so an update was lost",
        [.. updates.Take(8)]);
}
