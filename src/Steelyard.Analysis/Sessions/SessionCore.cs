namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Makes a breach small by delta debugging (Zeller &amp; Hildebrandt 2002): nodes are left out in ever
/// smaller chunks as long as a breach stays. A read goes with its write, so what stays contradicts itself
/// whatever the rest did.
/// </summary>
internal static class SessionCore
{
    // How many nodes all attempts may look at: a few times the history, then what is left will do.
    const int LooksPerNode = 8;
    const long LooksAtLeast = 200_000;

    /// <summary>The least found, and its breach.</summary>
    public static (SessionColumns Columns, SessionBreach Breach) Of(
        SessionColumns columns, SessionBreach breach, Func<SessionColumns, SessionBreach?> judge)
    {
        var budget = LooksAtLeast + ((long)LooksPerNode * columns.Count);
        var process = columns.Session[breach.Read];
        var read = breach.Read;
        Try(node => node > read);
        process = columns.Session[breach.Read];
        Try(node => !columns.Writes[node] && columns.Session[node] != process);
        for (var chunk = Math.Max(1, columns.Count / 2); chunk > 0; chunk /= 2)
            for (var end = columns.Count; end > 0 && budget > 0; end -= chunk)
            {
                var (from, to) = (Math.Max(0, end - chunk), Math.Min(end, columns.Count));
                Try(node => node >= from && node < to);
            }

        return (columns, breach);

        void Try(Func<int, bool> gone)
        {
            var smaller = columns.Without(gone);
            budget -= smaller.Count + 1;
            if (smaller.Count < columns.Count && judge(smaller) is { } still)
                (columns, breach) = (smaller, still);
        }
    }
}
