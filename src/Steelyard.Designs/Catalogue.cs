using Steelyard.Worlds;

namespace Steelyard.Designs;

/// <summary>The designs there are.</summary>
public static class Catalogue
{
    /// <summary>All of them, in the order people meet them.</summary>
    public static IReadOnlyList<IDesign> All { get; } = [];
}
