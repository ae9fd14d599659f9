using Steelyard.Designs.Architecture;
using Steelyard.Files;
using Steelyard.Runs;
using Steelyard.Specs;

namespace Steelyard.Tests.Comparisons;

/// <summary>Architectures from the text of their parts.</summary>
internal static class Architectures
{
    /// <summary>What runs one for 20 s.</summary>
    /// <param name="parts">A part a line.</param>
    /// <param name="more">What else stands in the file, a key a line.</param>
    /// <param name="options">Options that are given, as on the command line.</param>
    public static RunRequest Request(
        string parts, string more = "", params IEnumerable<(string Name, string Value)> options)
    {
        var lines = parts.Split('\n').Select(line => $"  {line}");
        var text = $"kind: architecture\nname: shop\nduration: 20s\nsettle: 2s\n{more}\nparts:\n"
            + $"{string.Join('\n', lines)}\n";
        var design = new ArchitectureDesign(ArchitectureFile.Parse(text, "shop"));
        var given = options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        return RunRequest.Of(design, new(design, new(), given), FaultChoice.Story, RunSpec.DefaultSeed);
    }
}
