using Steelyard.Histories;

namespace Steelyard.Worlds.Faults;

/// <summary>Which faults a <see cref="Nemesis"/> may plan: the words that kinds of faults carry, or all of
/// them.</summary>
public sealed record FaultPalette
{
    const string NoneWord = "none";
    const string AllWord = "all";
    const string BeyondWord = "beyond";

    FaultPalette(string name) => Name = name;

    /// <summary>None.</summary>
    public static FaultPalette None { get; } = new(NoneWord);

    /// <summary>Cuts of links, in every shape.</summary>
    public static FaultPalette Partition { get; } = Of(PartitionFault.Defined);

    /// <summary>Crashes, with loss of memory where the design recovers from its disk.</summary>
    public static FaultPalette Crash { get; } = Of(CrashFault.Defined);

    /// <summary>Nodes held still or slow.</summary>
    public static FaultPalette Pause { get; } = Of(PauseFault.Defined);

    /// <summary>Clocks that jump and drift.</summary>
    public static FaultPalette Clock { get; } = Of(ClockJumpFault.Defined);

    /// <summary>Disks that are full, slow, torn in a crash or corrupt.</summary>
    public static FaultPalette Disk { get; } = Of(DiskFault.Defined);

    /// <summary>Links that lose, double, reorder and delay.</summary>
    public static FaultPalette Network { get; } = Of(LinkFault.Defined);

    /// <summary>Nodes that are told to stop, one of them or all in turn, as in a rollout.</summary>
    public static FaultPalette Drain { get; } = Of(DrainFault.Defined);

    /// <summary>All of these, and some together, strictly within what the scenario tolerates.</summary>
    public static FaultPalette All { get; } = new(AllWord);

    /// <summary>All of these and more than the scenario tolerates: it is expected to break.</summary>
    public static FaultPalette Beyond { get; } = new(BeyondWord);

    /// <summary>Their names, as on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [NoneWord, .. Words, AllWord, BeyondWord];

    /// <summary>The words that kinds carry, in the order of the kinds.</summary>
    static IEnumerable<string> Words =>
        FaultKinds.All.Select(kind => kind.Word).Distinct(StringComparer.Ordinal);

    /// <summary>As on the command line; several words have a comma between them:
    /// <c>partition,crash</c>.</summary>
    public string Name { get; }

    /// <summary>The words it is made of; none for none, for all and beyond.</summary>
    internal IReadOnlyList<string> Asked => IsAll || this == None ? [] : Name.Split(',');

    /// <summary>Whether it takes every kind.</summary>
    internal bool IsAll => this == All || this == Beyond;

    /// <summary>The palette of a kind, together with those of its word.</summary>
    public static FaultPalette Of(FaultKind kind) => new(kind.Word);

    /// <summary>The palette of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static FaultPalette Parse(string name) => TryParse(name, out var palette)
        ? palette
        : throw new UserMistakeException(
            $"expected faults such as {string.Join(", ", Names)}, found \"{name}\"");

    /// <summary>The palette of a name, if there is one.</summary>
    public static bool TryParse(string name, out FaultPalette palette)
    {
        palette = None;
        var parts = name.Split(',');
        if (parts.Length == 1 && Names.Contains(name, StringComparer.Ordinal))
            palette = new(name);
        else if (parts.All(part => Words.Contains(part, StringComparer.Ordinal)))
            palette = parts.Aggregate(None, (sum, part) => sum | new FaultPalette(part));
        else
            return false;
        return true;
    }

    /// <summary>The faults of both.</summary>
    public static FaultPalette operator |(FaultPalette left, FaultPalette right)
    {
        if (left.IsAll || right.IsAll)
            return left == Beyond || right == Beyond ? Beyond : All;
        string[] both = [.. left.Asked.Concat(right.Asked).Distinct(StringComparer.Ordinal)];
        return both.Length == 0 ? None : new(string.Join(',', both));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether it takes a draw.</summary>
    internal bool Takes(FaultDraw draw) => IsAll
        ? draw.When != DrawnWhen.Named
        : draw.When != DrawnWhen.Together && Asked.Contains(draw.Word, StringComparer.Ordinal);
}
