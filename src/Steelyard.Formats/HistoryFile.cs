using Steelyard.Formats.Etcd;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>Opens recorded histories of any format, gzipped or not. Streams: memory grows with the history
/// only.</summary>
public static class HistoryFile
{
    // Messages quote the file, and the file may hold anything.
    const int LongestMessage = 900;

    /// <summary>Reads a history from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format; null detects it from the first bytes.</param>
    /// <exception cref="UserMistakeException">It cannot be opened, is in no known format, breaks its format
    /// or the rules of histories, or is cut short; one line with file, line and column.</exception>
    public static History Read(string path, HistoryFormat? format = null) =>
        Read(path, new ReadOptions { Format = format }).History;

    /// <summary>Reads a history from a file, with options.</summary>
    /// <exception cref="UserMistakeException">As for the simpler one.</exception>
    public static HistoryRead Read(string path, ReadOptions options)
    {
        // What no machine can take for a path is found out before it throws something else.
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new UserMistakeException($"expected the path of a history, found \"{path}\"");
        if (Directory.Exists(path) && HistoryFolder.HistoryIn(path) is { } inside)
            path = inside;
        try
        {
            if (Directory.Exists(path) && EtcdReport.FilesIn(path) is { Count: > 0 } files)
                return EtcdReport.Read(path, files);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(file, path, options);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            var why = trouble switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException when Directory.Exists(path) => "it is a folder, not a file",
                _ => trouble.Message,
            };
            throw new UserMistakeException($"cannot read the history {path}: {why}", trouble);
        }
    }

    /// <summary>Reads a history from a stream.</summary>
    /// <param name="stream">The bytes, gzipped or not; left open.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="UserMistakeException">As for files.</exception>
    public static HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        try
        {
            using var plain = HeadStream.Unzipped(stream);
            var head = new FileHead(plain.Head);
            var format = options.Format ?? (options.Map is null
                ? HistoryFormats.Of(head, name)
                : HistoryFormats.OfMapped(head, name));
            if (options.Map is not null && format is not RowFormat)
                throw new UserMistakeException(
                    $"{name}: expected --format csv, tsv or json-rows with --map, found {format}");
            return Whole(plain, format.Read(plain, name, options), name, options);
        }
        catch (UserMistakeException mistake) when (mistake.Message.Length > LongestMessage)
        {
            throw new UserMistakeException(mistake.Message[..LongestMessage] + "…", mistake);
        }
        catch (InvalidDataException broken)
        {
            throw new UserMistakeException($"{name}: expected gzipped bytes, found a broken archive", broken);
        }
    }

    // The lines may be whole where the archive is not.
    static HistoryRead Whole(HeadStream plain, HistoryRead read, string name, ReadOptions options)
    {
        if (!plain.IsCut || read.IsPartial)
            return read;
        var where = $"{name} is cut short: its gzipped bytes end in the middle";
        return options.KeepPartial
            ? read with { PartialReason = where }
            : throw new UserMistakeException($"{where}; {ReadOptions.HowToKeep}");
    }
}
