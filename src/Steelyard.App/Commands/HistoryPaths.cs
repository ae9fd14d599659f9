using System.IO.Enumeration;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary>The files that words on a command line stand for: a file, a folder, a pattern with *, ? and **,
/// or - for standard input.</summary>
internal static class HistoryPaths
{
    /// <summary>The word for standard input; a file of that name is ./-.</summary>
    public const string StandardInput = "-";

    const string AnyDepth = "**";
    const string Zipped = ".gz";

    // What recordings are called; a folder may hold notes and pictures as well.
    static readonly string[] Endings =
        [".edn", ".json", ".jsonl", ".log", ".txt", ".hist", ".html", ".csv", ".tsv", ".pb"];

    /// <summary>The files, in the order of the words, and by name within each.</summary>
    /// <exception cref="UserMistakeException">A folder or a pattern stands for no file.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> words) => [.. words.SelectMany(OfWord)];

    static IEnumerable<string> OfWord(string word)
    {
        if (word == StandardInput)
            return [word];
        if (Directory.Exists(word))
            return Some(OfFolder(word), word, $"files ending in {string.Join(", ", Endings)}");
        if (File.Exists(word) || !word.AsSpan().ContainsAny('*', '?'))
            return [word];
        var start = Path.GetPathRoot(word) is { Length: > 0 } root ? root : "";
        var segments = word[start.Length..].Split(
            (char[])[Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
        return Some(Matches(start, segments), word, "a pattern that matches some file");
    }

    static List<string> Some(IEnumerable<string> found, string word, string expected)
    {
        try
        {
            var files = found.ToList();
            return files.Count > 0 ? files
                : throw new UserMistakeException($"{word}: expected {expected}, found none");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"cannot look into {word}: {trouble.Message}", trouble);
        }
    }

    // A run's folder holds one history beside other files. What a link leads to stands elsewhere too, as the
    // run that Jepsen calls latest.
    static IEnumerable<string> OfFolder(string folder)
    {
        if (HistoryFolder.HistoryIn(folder) is { } history)
            return [history];
        if (HistoryFolder.IsOneHistory(folder))
            return [folder];
        return Entries(folder, "*").SelectMany(entry =>
            !Directory.Exists(entry) ? IsRecording(entry) ? [entry] : []
            : new DirectoryInfo(entry).LinkTarget is null ? OfFolder(entry) : []);
    }

    static bool IsRecording(string path)
    {
        var plain = path.EndsWith(Zipped, StringComparison.OrdinalIgnoreCase) ? path[..^Zipped.Length] : path;
        return Array.Exists(Endings, ending => plain.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    static IEnumerable<string> Matches(string folder, ReadOnlyMemory<string> segments)
    {
        var segment = segments.Span[0];
        var rest = segments[1..];
        if (segment == AnyDepth)
            return rest.IsEmpty
                ? OfFolder(folder)
                : Matches(folder, rest).Concat(Folders(folder).SelectMany(f => Matches(f, segments)));
        if (!segment.AsSpan().ContainsAny('*', '?'))
        {
            var next = Path.Combine(folder, segment);
            return rest.IsEmpty ? File.Exists(next) ? [next] : []
                : Directory.Exists(next) ? Matches(next, rest) : [];
        }

        var entries = Entries(folder, segment);
        return rest.IsEmpty
            ? entries.Where(File.Exists)
            : entries.Where(Directory.Exists).SelectMany(entry => Matches(entry, rest));
    }

    static IEnumerable<string> Folders(string folder) => Entries(folder, "*").Where(Directory.Exists);

    // Hidden ones are not meant.
    static IEnumerable<string> Entries(string folder, string pattern) => Directory
        .EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder)
        .Select(entry => Path.Combine(folder, Path.GetFileName(entry)))
        .Where(entry => !Path.GetFileName(entry.AsSpan()).StartsWith('.')
            && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(entry.AsSpan()), false))
        .Order(StringComparer.Ordinal);
}
