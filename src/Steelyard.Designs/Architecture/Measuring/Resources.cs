using System.Globalization;
using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>All of which an architecture has only so much, and how much of it a run used.</summary>
internal sealed class Resources
{
    // What is inside a part lies deeper than its workers, and what it calls deeper still.
    const int Levels = 8;
    const int PoolLevel = 5;

    // Instances that differ by less do so by chance.
    const double Uneven = 1.25;
    const double UnevenShare = 0.05;

    // Workers wait for their calls a little in any architecture.
    const double MuchWaiting = 0.3;

    readonly ArchitectureAccount _account;
    readonly double _loadNs;
    readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);
    readonly List<Resource> _all = [];

    Resources(ArchitectureAccount account)
    {
        _account = account;
        _loadNs = Math.Min(account.EndNs, account.Graph.Duration.Ticks * 100);
        foreach (var part in account.Graph.Parts)
        {
            var figures = new PartFigures(account, part);
            AddWorkers(figures);
            AddRateLimit(figures);
            if (part is DatabasePart database)
                AddDatabase(database);
            for (var edge = 0; edge < part.Calls.Count; edge++)
                AddPool(figures, part.Calls[edge], account.CallsOf(part.Name, edge));
        }
    }

    /// <summary>All that was used at all, in the order of the graph.</summary>
    public static IReadOnlyList<Resource> Of(ArchitectureAccount account) =>
        account.EndNs <= 0 ? [] : [.. new Resources(account)._all.Where(one => one.Utilisation > 0)];

    void AddWorkers(PartFigures figures)
    {
        if (figures.Part.Servers is not { } workers || figures.There <= 0)
            return;
        var part = figures.Part;
        var instances = part.MostInstances;
        var working = _account.SteadyState.MeanOf(figures.LoadCurve(window => window.WorkingNs));
        var isScaled = part.MostInstances > part.AtStart;
        var mean = working / (workers * (isScaled ? instances : figures.There));
        var most = figures.MostUtilised!.Value;
        var (used, words) = (mean, isScaled, most > Uneven * mean && most > mean + UnevenShare) switch
        {
            (_, true, _) => (mean, $"with all {instances} instances that it may have its workers would be"
                + $" {Percent(mean)} at work"),
            (_, _, true) => (most, $"the busiest of its {instances} instances is {Percent(most)} at work, all"
                + $" together are {Percent(mean)}"),
            _ => (mean, $"its {Count(instances, workers)} {(instances * workers == 1 ? "worker is" : "workers are")}"
                + $" {Percent(mean)} at work"),
        };
        Add(part.Name, part.Name, words + Waiting(part), used, level: 1);
    }

    // A worker that waits for a call is at work.
    string Waiting(Part part)
    {
        var meters = _account.MetersOf(part.Name);
        var waits = 1 - (meters.Sum(meter => meter.OwnWorkNs) / meters.Sum(meter => meter.WorkedNs));
        var called = part.Calls.Where(edge => !edge.Async).Select(edge => edge.To).ToList();
        return called.Count == 0 || waits < MuchWaiting ? ""
            : $" ({Percent(waits)} of that they wait for {(called.Count > 2 ? "what they call" : And(called))})";
    }

    void AddRateLimit(PartFigures figures)
    {
        if (figures.Part is not StationPart { RateLimit: { } limit } part || figures.There <= 0)
            return;
        var share = figures.Came / _loadNs * 1e9 / (limit * figures.There);
        Add(part.Name, $"the rate limit of {part.Name}",
            $"{Percent(share)} of the requests come that it lets through", share, level: 0);
    }

    void AddDatabase(DatabasePart part)
    {
        var meters = _account.MetersOf(part.Name).Select(meter => meter.Database).ToList();
        var row = meters.Select(meter => meter.Rows.Hottest).OfType<(int Key, double HeldNs)>()
            .OrderByDescending(one => one.HeldNs).FirstOrDefault();
        var held = row.HeldNs / _loadNs;
        Add(part.Name, $"row {row.Key} of {part.Name}",
            $"its lock is held {Percent(held)} of the time, and one write at a time holds it", held, level: 2);
        var synced = meters.Max(meter => meter.Log.Ns) / _loadNs;
        Add(part.Name, $"the log of {part.Name}", $"its syncs commit {Percent(synced)} of the writes that they can",
            synced, level: 3);
        var transfers = meters.Max(meter => meter.Disk.Ns) / _loadNs;
        Add(part.Name, $"the disk of {part.Name}", $"it transfers {Percent(transfers)} of the time", transfers,
            level: 4);
    }

    void AddPool(PartFigures caller, Edge edge, CallMeter calls)
    {
        var part = caller.Part;
        if (part.MostOpen(edge) is not { } most || calls.Open is not { } open)
            return;
        var instances = Math.Max(1, part.IsSource ? part.Instances : caller.There);
        var share = open.AreaNs / _loadNs / (most * instances);
        var isQueue = part is QueuePart && edge.Pool is null;
        var of = Count((int)Math.Round(instances), most);
        Add(part.Name, isQueue ? $"what {part.Name} hands on to {edge.To}" : $"the pool from {part.Name} to {edge.To}",
            $"its {of} {(isQueue ? "consumers" : "connections")} are {Percent(share)} in use", share, PoolLevel,
            edge.To);
    }

    void Add(string part, string name, string use, double share, int level, string? to = null) =>
        _all.Add(new(part, name, use, share, (DepthOf(part) * Levels) + level) { To = to });

    // The longest way from who asks.
    int DepthOf(string part)
    {
        if (_depths.TryGetValue(part, out var known))
            return known;
        var callers = _account.Graph.Parts.Where(one => one.Calls.Any(edge => edge.To == part)).ToList();
        var depth = callers.Count == 0 ? 0 : 1 + callers.Max(caller => DepthOf(caller.Name));
        _depths.Add(part, depth);
        return depth;
    }

    static string Count(int instances, int each) =>
        (instances == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{instances:N0} × "))
        + string.Create(CultureInfo.InvariantCulture, $"{each:N0}");

    static string And(IReadOnlyList<string> names) => string.Join(" and ", names);

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:P0}");
}
