using System.Globalization;
using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>All of which an architecture has only so much, and how much of it a run used.</summary>
internal sealed class Resources
{
    // Instances that differ by less do so by chance.
    const double Uneven = 1.25;
    const double UnevenShare = 0.05;

    // Workers wait for their calls a little in any architecture.
    const double MuchWaiting = 0.3;

    readonly ArchitectureAccount _account;
    readonly double _loadNs;
    readonly string _when;
    readonly List<Resource> _all = [];

    Resources(ArchitectureAccount account)
    {
        _account = account;
        _loadNs = account.LoadNs;
        _when = account.SteadyState.IsDisturbed ? $" in the busiest {LimitText.Of(Stretch(account))}" : "";
        foreach (var part in account.Graph.Parts)
        {
            var figures = account.FiguresOf(part);
            AddWorkers(figures);
            AddRateLimit(figures);
            if (part is DatabasePart database)
                AddDatabase(database);
            for (var edge = 0; edge < part.Calls.Count; edge++)
                AddPool(figures, part.Calls[edge], account.CallsOf(part.Name, edge));
        }
    }

    bool IsDisturbed => _account.SteadyState.IsDisturbed;

    /// <summary>All that was used at all, in the order of the graph.</summary>
    public static IReadOnlyList<Resource> Of(ArchitectureAccount account) =>
        account.EndNs <= 0 ? [] : [.. new Resources(account)._all.Where(one => one.Utilisation > 0)];

    void AddWorkers(PartFigures figures)
    {
        if (figures.Part.Servers is not { } workers || figures.There <= 0)
            return;
        var part = figures.Part;
        var instances = part.MostInstances;
        var isScaled = instances > part.AtStart;
        var mean = IsDisturbed ? figures.PeakUtilisation!.Value
            : _account.SteadyState.MeanOf(figures.LoadCurve(window => window.WorkingNs))
                / (workers * (isScaled ? instances : figures.There));
        var most = IsDisturbed ? figures.PeakOfMostUtilised!.Value : figures.MostUtilised!.Value;
        var isUneven = !isScaled && most > Uneven * mean && most > mean + UnevenShare;
        var words = isScaled ? OfScaled(instances, mean)
            : isUneven ? $"the busiest of its {instances} instances is {Percent(most)} at work{_when},"
                + $" all together are {Percent(mean)}"
            : $"its {Count(instances, workers)} {(instances * workers == 1 ? "worker is" : "workers are")} "
                + $"{Percent(mean)} at work{_when}";
        var waits = DatabaseWaits.Of(_account, part)?.InWords ?? Waiting(part);
        Add(part, ResourceKind.Workers, part.Name, words + waits, isUneven ? most : mean);
    }

    // Where the load changes, those that are not there yet are missed; else there is time to start them all.
    string OfScaled(int instances, double share) => IsDisturbed
        ? $"the workers that had started are {Percent(share)} at work{_when}"
        : $"with all {instances} instances that it may have its workers would be {Percent(share)} at work";

    // A worker that waits for a call is at work.
    string Waiting(Part part)
    {
        var meters = _account.MetersOf(part.Name);
        var waits = 1 - (meters.Sum(meter => meter.OwnWorkNs) / meters.Sum(meter => meter.WorkedNs));
        var called = part.Calls.Where(edge => !edge.Async).Select(edge => edge.To).ToList();
        return called.Count == 0 || waits < MuchWaiting ? ""
            : $" ({Percent(waits)} of that they wait for "
                + $"{(called.Count > 2 ? "what they call" : string.Join(" and ", called))})";
    }

    void AddRateLimit(PartFigures figures)
    {
        if (figures.Part is not StationPart { RateLimit: { } limit } part || figures.There <= 0)
            return;
        var came = figures.CameCurve().Take(figures.LoadWindows).DefaultIfEmpty(0);
        var share = (IsDisturbed ? came.Max() : came.Average()) / (limit * figures.There);
        Add(part, ResourceKind.RateLimit, $"the rate limit of {part.Name}",
            $"{Percent(share)} of the requests come that it lets through{_when}", share);
    }

    void AddDatabase(DatabasePart part)
    {
        var meters = _account.MetersOf(part.Name).Select(meter => meter.Database).ToList();
        var disks = _account.MetersOf(part.Name).Select(meter => meter.Disk.Busy);
        var row = meters.Select(meter => meter.Rows.Hottest).OfType<(int Key, double HeldNs)>()
            .OrderByDescending(one => one.HeldNs).FirstOrDefault();
        var held = row.HeldNs / _loadNs;
        Add(part, ResourceKind.Row, $"row {row.Key} of {part.Name}",
            $"its lock is held {Percent(held)} of the time, and one write at a time holds it", held);
        var synced = meters.Max(meter => ShareOf(meter.Log));
        Add(part, ResourceKind.Log, $"the log of {part.Name}",
            $"its syncs commit {Percent(synced)} of the writes that they can{_when}", synced);
        var transfers = disks.Max(ShareOf);
        Add(part, ResourceKind.Disk, $"the disk of {part.Name}",
            $"it transfers {Percent(transfers)} of the time{_when}", transfers);
    }

    double ShareOf(BusyTime busy) => IsDisturbed ? busy.MostShare : busy.Ns / _loadNs;

    void AddPool(PartFigures caller, Edge edge, CallMeter calls)
    {
        var part = caller.Part;
        if (PoolOf(_account, part, edge, calls) is not { } share)
            return;
        var (most, instances) = (part.MostOpen(edge)!.Value, Math.Max(1, caller.There));
        var isQueue = part is QueuePart && edge.Pool is null;
        var of = Count((int)Math.Round(instances), most);
        var name = isQueue ? $"what {part.Name} hands on to {edge.To}"
            : $"the pool from {part.Name} to {edge.To}";
        Add(part, ResourceKind.Pool, name,
            $"its {of} {(isQueue ? "consumers" : "connections")} are {Percent(share)} in use{_when}", share,
            edge);
    }

    /// <summary>The share in use of a pool of connections; null where the edge has none.</summary>
    public static double? PoolOf(ArchitectureAccount account, Part part, Edge edge, CallMeter calls)
    {
        if (part.MostOpen(edge) is not { } most || calls.Open is not { } open)
            return null;
        var used = account.SteadyState.IsDisturbed ? open.Most : open.AreaNs / account.LoadNs;
        return used / (most * Math.Max(1, account.FiguresOf(part).There));
    }

    /// <summary>How long a stretch of the load is, where it is told by its busiest one.</summary>
    static TimeSpan Stretch(ArchitectureAccount account) => account.Graph.Duration / PartFigures.Stretches;

    void Add(Part part, ResourceKind kind, string name, string use, double share, Edge? over = null) =>
        _all.Add(new(part.Name, kind, name, use, share) { Over = over });

    static string Count(int instances, int each) =>
        (instances == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{instances:N0} × "))
        + string.Create(CultureInfo.InvariantCulture, $"{each:N0}");

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:P0}");
}
