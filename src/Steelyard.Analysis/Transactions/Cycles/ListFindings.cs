using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>What is wrong with single reads and lists, cycles apart; definitions of Elle's
/// list-append.</summary>
internal sealed class ListFindings(TransactionColumns columns, ListOrders orders, Findings findings)
{
    // Where a key's order first shows a version that no committed transaction wrote; the length when nowhere.
    readonly int[] _firstDirty = new int[columns.KeyCount];
    readonly bool[] _isIntermediate = new bool[columns.VersionCount];

    /// <summary>The versions that their own transaction appended to; known after
    /// <see cref="AddAll"/>.</summary>
    public bool[] IsIntermediate => _isIntermediate;

    /// <summary>Adds all of them.</summary>
    public void AddAll()
    {
        MarkIntermediate();
        for (var key = 0; key < columns.KeyCount; key++)
            InspectOrder(key);
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Outcomes[transaction] == Outcome.Ok)
                for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
                    if (columns.Kinds[step] == StepKind.Read)
                        InspectRead(transaction, step);
    }

    void MarkIntermediate()
    {
        var last = new Dictionary<int, int>();
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            last.Clear();
            for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
            {
                if (columns.Kinds[step] != StepKind.Write)
                    continue;
                if (last.TryGetValue(columns.StepKeys[step], out var earlier))
                {
                    _isIntermediate[earlier] |= columns.Writers[earlier] == transaction;
                    InspectOwnOrder(transaction, earlier, columns.StepVersions[step]);
                }

                last[columns.StepKeys[step]] = columns.StepVersions[step];
            }
        }
    }

    // A list that shows the later of two appends of one transaction must show the earlier one before it.
    void InspectOwnOrder(int transaction, int earlier, int later)
    {
        var (first, second) = (orders.Position(earlier), orders.Position(later));
        if (second < 0 || (first >= 0 && first < second) || !columns.Counts(transaction))
            return;
        var key = columns.VersionKey(later);
        findings.Add(
            "cyclic-versions",
            () =>
                $"{Name(transaction)} appended {Show(earlier)} to {columns.Key(key)} and then {Show(later)},"
                + $" but {Name(columns.TransactionOf(orders.LongestRead(key)))} read"
                + $" {ShowList(orders.LongestRead(key))}",
            transaction, columns.TransactionOf(orders.LongestRead(key)));
    }

    // Dirty update: an aborted version, then, past any of unknown outcome, a committed one.
    void InspectOrder(int key)
    {
        var order = orders.Order(key);
        _firstDirty[key] = order.Length;
        var aborted = -1;
        for (var i = 0; i < order.Length; i++)
        {
            var version = order[i];
            var writer = columns.Writers[version];
            var outcome = writer < 0 ? Outcome.Fail : columns.Outcomes[writer];
            if (outcome == Outcome.Fail && _firstDirty[key] == order.Length)
                _firstDirty[key] = i;
            if (outcome == Outcome.Fail)
                aborted = writer < 0 ? aborted : version;
            if (outcome != Outcome.Ok || aborted < 0)
                continue;
            var lost = aborted;
            findings.Add(
                "dirty-update",
                () => $"{Name(writer)} appended {Show(version)} to {columns.Key(key)} on top of {Show(lost)},"
                    + $" which {Name(columns.Writers[lost])} had appended and then aborted",
                columns.Writers[lost], writer);
            aborted = -1;
        }
    }

    void InspectRead(int reader, int step)
    {
        var key = columns.StepKeys[step];
        var isPrefix = orders.IsPrefix(step);
        if (!isPrefix)
            AddIncompatible(reader, step);
        // A beginning of a clean list is clean.
        if (!isPrefix || columns.StepLengths[step] > _firstDirty[key] || HasDuplicate(key))
            InspectElements(reader, step);
        InspectLast(reader, step);
    }

    bool HasDuplicate(int key) =>
        orders.LongestRead(key) is >= 0 and var longest
        && columns.StepLengths[longest] > orders.Order(key).Length;

    void AddIncompatible(int reader, int step)
    {
        var key = columns.StepKeys[step];
        var longest = orders.LongestRead(key);
        var other = columns.TransactionOf(longest);
        findings.Add(
            "incompatible-order",
            () => $"{Name(reader)} read {columns.Key(key)} = {ShowList(step)}, and {Name(other)} read"
                + $" {ShowList(longest)}: neither is a beginning of the other",
            reader, other);
    }

    void InspectElements(int reader, int step)
    {
        foreach (var version in columns.ListRead(step))
        {
            var writer = columns.Writers[version];
            if (writer < 0)
                findings.Add(
                    "garbage-read",
                    () => $"{Name(reader)} read {Show(version)} in {KeyOf(step)}, which"
                        + " no transaction appended",
                    reader);
            else if (!columns.Counts(writer))
                findings.Add(
                    "G1a",
                    () => $"{Name(reader)} read {Show(version)} in {KeyOf(step)}, which"
                        + $" {Name(writer)} had appended and then aborted",
                    writer, reader);
        }

        AddDuplicates(reader, step);
    }

    void AddDuplicates(int reader, int step)
    {
        var seen = new HashSet<int>();
        foreach (var version in columns.ListRead(step))
        {
            if (seen.Add(version))
                continue;
            findings.Add(
                "duplicate-elements",
                () => $"{Name(reader)} read {KeyOf(step)} = {ShowList(step)}, in which"
                    + $" {Show(version)} stands twice",
                columns.Writers[version] is >= 0 and var writer ? [writer, reader] : [reader]);
            return;
        }
    }

    void InspectLast(int reader, int step)
    {
        var last = columns.LastRead(step);
        if (last < 0 || !_isIntermediate[last] || columns.Writers[last] == reader)
            return;
        findings.Add(
            "G1b",
            () => $"{Name(reader)} read {KeyOf(step)} up to {Show(last)}, which was not"
                + $" the last that {Name(columns.Writers[last])} appended to it",
            columns.Writers[last], reader);
    }

    Value KeyOf(int step) => columns.Key(columns.StepKeys[step]);

    string Name(int transaction) => columns.Name(transaction);

    string Show(int version) => columns.VersionValue(version).ToString();

    string ShowList(int step) => ListText.Of(columns, columns.ListRead(step));
}
