using System.Numerics;
using Steelyard.Histories;

namespace Steelyard.Worlds;

/// <summary>Which faults a <see cref="Nemesis"/> may plan.</summary>
[Flags]
public enum FaultPalette : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Cuts of links, in every shape.</summary>
    Partition = 1,

    /// <summary>Crashes, with loss of memory where the design recovers from its disk.</summary>
    Crash = 1 << 1,

    /// <summary>Nodes held still or slow.</summary>
    Pause = 1 << 2,

    /// <summary>Clocks that jump and drift.</summary>
    Clock = 1 << 3,

    /// <summary>Disks that are full, slow, torn in a crash or corrupt.</summary>
    Disk = 1 << 4,

    /// <summary>Links that lose, double, reorder and delay.</summary>
    Network = 1 << 5,

    /// <summary>Nodes that are told to stop, one of them or all in turn, as in a rollout.</summary>
    Drain = 1 << 6,

    /// <summary>All of these, and some together, strictly within what the scenario tolerates.</summary>
    All = Partition | Crash | Pause | Clock | Disk | Network | Drain,

    /// <summary>All of these and more than the scenario tolerates: it is expected to break.</summary>
    Beyond = 1 << 7,
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

    /// <summary>The palette of a name, if there is one; several kinds have a comma between them:
    /// <c>partition,crash</c>.</summary>
    public static bool TryParse(string name, out FaultPalette palette)
    {
        palette = FaultPalette.None;
        var parts = name.Split(',');
        foreach (var part in parts)
        {
            var place = Array.FindIndex(Every, each => NameOf(each) == part);
            if (place < 0 || (parts.Length > 1 && !IsKind(Every[place])))
                return false;
            palette |= Every[place];
        }

        return true;
    }

    /// <summary>The name of a palette.</summary>
    public static string NameOf(FaultPalette palette) =>
        palette.ToString().ToLowerInvariant().Replace(", ", ",", StringComparison.Ordinal);

    /// <summary>The kinds that a palette is made of, in the order of their declaration.</summary>
    internal static IEnumerable<FaultPalette> KindsOf(FaultPalette palette) =>
        Every.Where(each => IsKind(each) && palette.HasFlag(each));

    static bool IsKind(FaultPalette palette) =>
        BitOperations.IsPow2((int)palette) && palette != FaultPalette.Beyond;
}
