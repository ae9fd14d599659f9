using System.Runtime.CompilerServices;

namespace Steelyard.Tests;

/// <summary>The clone these tests were built from.</summary>
internal static class Repository
{
    static readonly string[] Built =
        ["bin", "obj", "node_modules", "dist", "artifacts", "runs", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Source files below some folders, with their paths from the root, sorted.</summary>
    public static IEnumerable<SourceFile> Files(string ending, params IReadOnlyList<string> folders) =>
        folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(Built, StringComparer.Ordinal).Any())
        .Order(StringComparer.Ordinal)
        .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))));

    static string FindRoot([CallerFilePath] string here = "")
    {
        for (var at = Path.GetDirectoryName(here); at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "Steelyard.slnx")))
                return at;
        throw new InvalidOperationException($"no Steelyard.slnx above {here}");
    }
}

/// <summary>A file of the clone.</summary>
/// <param name="Path">From the root, with slashes.</param>
/// <param name="Text">Its content.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Lines { get; } = Text.Split('\n');
}
