namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Makes a register's operations that are not 2-atomic few, by delta debugging (Zeller &amp; Hildebrandt
/// 2002). A write goes with its reads, and without the others what stays is still not 2-atomic.
/// </summary>
internal static class RegisterCore
{
    const int LooksPerOperation = 8;
    const long LooksAtLeast = 200_000;
    const int FirstWindow = 8;

    public static List<RegisterOperation> Of(List<RegisterOperation> operations)
    {
        var budget = LooksAtLeast + ((long)LooksPerOperation * operations.Count);
        var core = Window(operations);
        for (var chunk = Math.Max(1, core.Count / 2); chunk > 0; chunk /= 2)
            for (var end = core.Count; end > 0 && budget > 0; end -= chunk)
            {
                var smaller = Without(core, Math.Max(0, end - chunk), Math.Min(end, core.Count));
                budget -= smaller.Count + 1;
                if (!new TwoAtomicity(smaller).Holds())
                    core = smaller;
            }

        return core;
    }

    // The contradiction stands near the end of what could not be placed.
    static List<RegisterOperation> Window(List<RegisterOperation> operations)
    {
        var writes = operations.Where(o => o.IsWrite).Select(o => o.Operation).ToArray();
        for (var window = FirstWindow; window < writes.Length; window *= 2)
        {
            var last = operations.Where(o => o.Version >= writes[^window]).ToList();
            if (!new TwoAtomicity(last).Holds())
                return last;
        }

        return operations;
    }

    static List<RegisterOperation> Without(List<RegisterOperation> operations, int from, int to)
    {
        var gone = new HashSet<int>();
        for (var i = from; i < to; i++)
            if (operations[i].IsWrite)
                gone.Add(operations[i].Version);
        var kept = operations.Where((o, i) => (i < from || i >= to) && !gone.Contains(o.Version)).ToList();
        var read = kept.Where(o => !o.IsWrite).Select(o => o.Version).ToHashSet();
        kept.RemoveAll(o => o.IsWrite && o.Finish == int.MaxValue && !read.Contains(o.Version));
        return kept;
    }
}
