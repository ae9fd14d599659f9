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

    /// <summary>Its file, where packages put it; null when it is not there.</summary>
    public string? Path => Tool.Find(Name, Folders);

    /// <summary>Its file, where packages put it.</summary>
    /// <exception cref="LiveException">It is not there.</exception>
    public string MustBeThere() => Path ?? throw new LiveException(
        $"expected {Name} on this machine, found none: install the package {Package}"
        + " (steelyard doctor --install)");
}
