using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>A program that an engine needs.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Package">The Debian package that brings it.</param>
/// <param name="Folders">Where it may be besides the PATH.</param>
internal sealed record EngineProgram(string Name, string Package, params IReadOnlyList<string> Folders)
{
    /// <summary>True where it is no part of the engine, and is this machine's wherever the engine comes
    /// from.</summary>
    public bool IsOfMachine { get; init; }

    /// <summary>Where it is in a folder of one's own, as it is unpacked: paths from there, in which a star
    /// stands for a part of a name. None is under its name, in the folder or its bin or sbin.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    /// <summary>Where it is in a folder of one's own; null when it is not there.</summary>
    public string? PathIn(string folder) => (Own.Count > 0 ? Own : [Name, $"bin/{Name}", $"sbin/{Name}"])
        .SelectMany(place => Matching(folder, place.Split('/')))
        .FirstOrDefault();

    /// <summary>What is expected in a folder of one's own, in words.</summary>
    public string ExpectedIn(string folder) => Own.Count > 0
        ? $"{string.Join(" or ", Own)} in {folder}"
        : $"{Name} in {folder} or in its bin";

    /// <summary>Its file, where packages put it; null when it is not there.</summary>
    public string? Path => Tool.Find(Name, Folders);

    /// <summary>Its file, where packages put it.</summary>
    /// <exception cref="LiveException">It is not there.</exception>
    public string MustBeThere() => Path ?? throw new LiveException(
        $"expected {Name} on this machine, found none: install the package {Package}"
        + " (steelyard doctor --install)");

    // Of several the newest: net10.0 before net8.0.
    static IEnumerable<string> Matching(string folder, string[] names) =>
        !Directory.Exists(folder) ? []
        : names.Length == 1 ? Newest(Directory.GetFiles(folder, names[0]))
        : Newest(Directory.GetDirectories(folder, names[0])).SelectMany(inner => Matching(inner, names[1..]));

    static IEnumerable<string> Newest(IEnumerable<string> paths) =>
        paths.OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal);
}
