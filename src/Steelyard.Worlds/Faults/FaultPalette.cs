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

    /// <summary>Links that lose, double, reorder, delay and are narrow.</summary>
    public static FaultPalette Network { get; } = Of(LinkFault.Defined);

    /// <summary>Nodes that are told to stop, one of them or all in turn, as in a rollout.</summary>
    public static FaultPalette Drain { get; } = Of(DrainFault.Defined);

    /// <summary>All of these, and some together, strictly within what the scenario tolerates.</summary>
    public static FaultPalette All { get; } = new(AllWord);

    /// <summary>All of these and more than the scenario tolerates: it is expected to break.</summary>
    public static FaultPalette Beyond { get; } = new(BeyondWord);

    /// <summary>Their names, as on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = NamesOf(FaultKinds.All);

    /// <summary>As on the command line; several words have a comma between them:
    /// <c>partition,crash</c>.</summary>
    public string Name { get; }

    /// <summary>The words of kinds in it: each of these kinds is to be seen.</summary>
    internal IReadOnlyList<string> Asked => [.. Parts.Where(part => part is not (AllWord or BeyondWord))];

    /// <summary>Whether it takes every kind.</summary>
    internal bool IsAll => IsBeyond || Parts.Contains(AllWord, StringComparer.Ordinal);

    /// <summary>Whether it goes beyond what a scenario tolerates.</summary>
    internal bool IsBeyond => Parts.Contains(BeyondWord, StringComparer.Ordinal);

    string[] Parts => Name == NoneWord ? [] : Name.Split(',');

    /// <summary>The palette of a kind, together with those of its word.</summary>
    public static FaultPalette Of(FaultKind kind) => new(kind.Word);

    /// <summary>The names that some kinds give: none, the words they carry in their order, all and
    /// beyond.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<FaultKind> kinds) =>
        [NoneWord, .. WordsOf(kinds), AllWord, BeyondWord];

    /// <summary>The palette of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static FaultPalette Parse(string name) => TryParse(name, FaultKinds.All, out var palette)
        ? palette
        : throw new UserMistakeException(
            $"expected faults such as {string.Join(", ", Names)}, found \"{name}\"");

    /// <summary>The palette of a name, if there is one.</summary>
    /// <param name="name">As on the command line.</param>
    /// <param name="kinds">The kinds there are; a scenario may have some of its own
    /// (<see cref="FaultKinds.Of"/>).</param>
    /// <param name="palette">What was found.</param>
    public static bool TryParse(string name, IReadOnlyList<FaultKind> kinds, out FaultPalette palette)
    {
        palette = None;
        if (name == NoneWord)
            return true;
        string[] known = [.. WordsOf(kinds), AllWord, BeyondWord];
        var parts = name.Split(',');
        if (!parts.All(part => known.Contains(part, StringComparer.Ordinal)))
            return false;
        palette = parts.Aggregate(None, (sum, part) => sum | new FaultPalette(part));
        return true;
    }

    /// <summary>The faults of both; what is named beside all of them is seen however little is
    /// tolerated.</summary>
    public static FaultPalette operator |(FaultPalette left, FaultPalette right)
    {
        string[] all = left.IsBeyond || right.IsBeyond ? [BeyondWord]
            : left.IsAll || right.IsAll ? [AllWord]
            : [];
        string[] both = [.. all, .. left.Asked.Concat(right.Asked).Distinct(StringComparer.Ordinal)];
        return both.Length == 0 ? None : new(string.Join(',', both));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether it takes a draw.</summary>
    internal bool Takes(FaultDraw draw) =>
        (IsAll && draw.When != DrawnWhen.Named)
        || (draw.When != DrawnWhen.Together && Asked.Contains(draw.Word, StringComparer.Ordinal));

    static IEnumerable<string> WordsOf(IReadOnlyList<FaultKind> kinds) =>
        kinds.Select(kind => kind.Word).Distinct(StringComparer.Ordinal);
}
