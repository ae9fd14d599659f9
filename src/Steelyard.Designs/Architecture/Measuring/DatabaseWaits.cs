using System.Globalization;
using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What the workers of a database wait for while they are at work, as shares of their
/// time.</summary>
/// <param name="RowLocks">A row that another one writes.</param>
/// <param name="Disk">The disk, and whatever it does before.</param>
/// <param name="Log">The sync that commits a write.</param>
/// <param name="Replicas">Those that must have a write before it is answered.</param>
internal readonly record struct DatabaseWaits(double RowLocks, double Disk, double Log, double Replicas)
{
    // What takes less of them is not what they are slow for.
    const double Much = 0.05;

    /// <summary>All of them, with an id and words.</summary>
    public IEnumerable<(string Id, string Words, double Share)> All =>
    [
        ("row-locks", "row locks", RowLocks), ("disk", "the disk", Disk), ("log", "the log", Log),
        ("replicas", "replicas", Replicas),
    ];

    /// <summary>As the end of a sentence on workers, such as
    /// <c> (40 % of that they wait for row locks, 20 % for the disk)</c>; nothing where they wait for
    /// little.</summary>
    public string InWords
    {
        get
        {
            var much = All.Where(one => one.Share >= Much).OrderByDescending(one => one.Share).Select(
                (one, at) => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Share:P0} {(at == 0 ? "of that they wait " : "")}for {one.Words}"));
            return string.Join(", ", much) is { Length: > 0 } words ? $" ({words})" : "";
        }
    }

    /// <summary>Those of a part in a run; null where it is no database, or nobody worked.</summary>
    public static DatabaseWaits? Of(ArchitectureAccount account, Part part)
    {
        var meters = account.MetersOf(part.Name);
        var worked = meters.Sum(meter => meter.WorkedNs);
        if (part is not DatabasePart || worked <= 0)
            return null;
        double Share(Func<DatabaseMeter, double> ns) => meters.Sum(meter => ns(meter.Database)) / worked;
        return new(
            Share(meter => meter.Rows.WaitedNs), Share(meter => meter.WaitedForDiskNs),
            Share(meter => meter.WaitedForLogNs), Share(meter => meter.WaitedForReplicasNs));
    }
}
