namespace Steelyard.Formats.Tests;

/// <summary>Public recorded histories beside the repository, in <c>../shared/histories</c>; absent on most
/// machines.</summary>
internal static class SharedHistories
{
    /// <summary>The folder, or null when it is not there.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>All files of a sub-folder, sorted; none, with a plain line, when the folder is not
    /// there.</summary>
    public static IReadOnlyList<string> Files(string under, string pattern)
    {
        if (Folder is null)
        {
            Console.WriteLine($"skipped: no ../shared/histories beside the repository ({under})");
            return [];
        }

        var folder = Path.Combine(Folder, under);
        return [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];
    }

    static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null;
            folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Steelyard.slnx")))
                continue;
            var found = Path.Combine(folder.Parent?.FullName ?? "/", "shared", "histories");
            return Directory.Exists(found) ? found : null;
        }

        return null;
    }
}
