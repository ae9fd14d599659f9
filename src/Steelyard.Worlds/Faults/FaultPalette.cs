using Steelyard.Histories;

namespace Steelyard.Worlds;

/// <summary>Which faults a <see cref="Nemesis"/> may plan.</summary>
public enum FaultPalette : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>Cuts of links, in every shape.</summary>
    Partition,

    /// <summary>Crashes, with loss of memory where the design recovers from its disk.</summary>
    Crash,

    /// <summary>Nodes held still or slow.</summary>
    Pause,

    /// <summary>Clocks that jump and drift.</summary>
    Clock,

    /// <summary>Disks that are full, slow, torn in a crash or corrupt.</summary>
    Disk,

    /// <summary>Links that lose, double, reorder and delay.</summary>
    Network,

    /// <summary>All of these, strictly within what the scenario tolerates.</summary>
    All,

    /// <summary>All of these and more than the scenario tolerates: it is expected to break.</summary>
    Beyond,
}

/// <summary>The palettes by name.</summary>
public static class FaultPalettes
{
    static readonly FaultPalette[] Every = Enum.GetValues<FaultPalette>();

    /// <summary>Their names, as on the command line.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Every.Select(NameOf)];

    /// <summary>The palette of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static FaultPalette Parse(string name) => TryParse(name, out var palette)
        ? palette
        : throw new UserMistakeException(
            $"expected faults such as {string.Join(", ", Names)}, found \"{name}\"");

    /// <summary>The palette of a name, if there is one.</summary>
    public static bool TryParse(string name, out FaultPalette palette)
    {
        var place = Array.FindIndex(Every, each => NameOf(each) == name);
        palette = place < 0 ? FaultPalette.None : Every[place];
        return place >= 0;
    }

    /// <summary>The name of a palette.</summary>
    public static string NameOf(FaultPalette palette) => palette.ToString().ToLowerInvariant();
}
