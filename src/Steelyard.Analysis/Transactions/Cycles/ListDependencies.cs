namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// What depends on what among transactions over lists (Kingsbury and Alvaro 2020, section 4.3). An append
/// that nobody read, of a transaction that may have happened, came after all that were read.
/// </summary>
internal sealed class ListDependencies(TransactionColumns columns, ListOrders orders, EdgeList edges)
{
    // Per key: who appended what nobody read, and who read the last version of all (or the empty list).
    readonly List<int>?[] _unread = new List<int>?[columns.KeyCount];
    readonly List<int>?[] _readLast = new List<int>?[columns.KeyCount];

    /// <summary>False where two transactions appended to a list what nobody read: then the order of these is
    /// open. Known after <see cref="AddAll"/>.</summary>
    public bool IsWhole => Array.TrueForAll(_unread, unread => unread is null or { Count: 1 });

    /// <summary>Adds all edges of data.</summary>
    public void AddAll()
    {
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Counts(transaction))
                for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
                    Add(transaction, step);
        for (var key = 0; key < columns.KeyCount; key++)
            if (_unread[key] is { } unread)
                AddUnread(key, unread);
    }

    void Add(int transaction, int step)
    {
        switch (columns.Kinds[step])
        {
            case StepKind.Read:
                AddRead(transaction, step);
                break;
            case StepKind.Write:
                AddWrite(transaction, step);
                break;
        }
    }

    void AddRead(int reader, int step)
    {
        var (key, last) = (columns.StepKeys[step], columns.LastRead(step));
        if (last >= 0 && WriterOf(last) is >= 0 and var writer)
            edges.Add(writer, reader, EdgeKinds.Wr, key);
        var position = last < 0 ? -1 : orders.Position(last);
        if (last >= 0 && position < 0)
            return;
        var order = orders.Order(key);
        if (position + 1 == order.Length)
            Note(_readLast, key, reader);
        else if (WriterOf(order[position + 1]) is >= 0 and var next)
            edges.Add(reader, next, EdgeKinds.Rw, key);
    }

    void AddWrite(int writer, int step)
    {
        var (key, version) = (columns.StepKeys[step], columns.StepVersions[step]);
        var position = orders.Position(version);
        if (position < 0)
            Note(_unread, key, writer);
        else if (position > 0 && WriterOf(orders.Order(key)[position - 1]) is >= 0 and var previous)
            edges.Add(previous, writer, EdgeKinds.Ww, key);
    }

    void AddUnread(int key, List<int> unread)
    {
        if (orders.Order(key) is [.., var last] && WriterOf(last) is >= 0 and var writer)
            foreach (var later in unread)
                edges.Add(writer, later, EdgeKinds.Ww, key);
        if (_readLast[key] is { } readers)
            edges.AddFan(readers, unread, key);
    }

    // Steps come transaction by transaction, so one that stands twice stands twice in a row.
    static void Note(List<int>?[] lists, int key, int transaction)
    {
        var list = lists[key] ??= [];
        if (list.Count == 0 || list[^1] != transaction)
            list.Add(transaction);
    }

    int WriterOf(int version)
    {
        var writer = columns.Writers[version];
        return writer >= 0 && columns.Counts(writer) ? writer : -1;
    }
}
