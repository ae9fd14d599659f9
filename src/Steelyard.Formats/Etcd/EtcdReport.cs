using Steelyard.Formats.Porcupine;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Etcd;

/// <summary>The report of a run of etcd's robustness tests: a folder for each client, with what it asked
/// (<c>operations.json</c>) and what it watched (<c>watch.json</c>). All of them are one history.</summary>
internal static class EtcdReport
{
    const string Operations = "operations.json";
    const string Watches = "watch.json";

    /// <summary>The files of a report, by client; none where a folder is no report.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder, "client-*").Order(StringComparer.Ordinal)
            .SelectMany(client => new[] { Path.Combine(client, Operations), Path.Combine(client, Watches) })
            .Where(File.Exists),
    ];

    /// <summary>Reads all of them.</summary>
    /// <exception cref="UserMistakeException">One of them breaks its format; with file and line.</exception>
    public static HistoryRead Read(string folder, IReadOnlyList<string> files)
    {
        var rows = new IntervalRows(folder);
        foreach (var path in files)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var plain = HeadStream.Unzipped(file);
            try
            {
                var client = Path.GetFileName(Path.GetDirectoryName(path)!);
                if (Path.GetFileName(path) == Watches)
                    new EtcdWatches(plain, path, rows, client).ReadAll();
                else
                    new PorcupineJson(plain, path, rows).ReadAll();
            }
            catch (CutShortException cut)
            {
                throw new UserMistakeException(cut.In(path), cut);
            }
        }

        return new(rows.Build(new(), out var warning), HistoryFormats.Named("porcupine-json"), null)
        {
            Warning = warning,
        };
    }
}
