using Steelyard.Formats.Etcd;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>The folder in which a run leaves its history among much else: ours, and Jepsen's
/// <c>store/test/time</c>.</summary>
public static class HistoryFolder
{
    const string JepsenArchive = "test.jepsen";

    // What only a run leaves beside its history.
    static readonly string[] Marks =
        ["scenario.yaml", JepsenArchive, "test.fressian", "jepsen.log", "results.edn", "timeline.html"];

    // The most telling first.
    static readonly string[] Histories =
        ["history.jsonl", "history.edn", "history.txt", JepsenArchive, "jepsen.log"];

    /// <summary>True when all files of a folder are one history: the report of a run of etcd's robustness
    /// tests, with a folder for each client.</summary>
    public static bool IsOneHistory(string folder) => EtcdReport.FilesIn(folder).Count > 0;

    /// <summary>The history in the folder of a run; null where the folder is of no run.</summary>
    /// <exception cref="UserMistakeException">It is the folder of a run, and no history that can be read is
    /// in it.</exception>
    public static string? HistoryIn(string folder)
    {
        if (!Marks.Any(mark => File.Exists(Path.Combine(folder, mark))))
            return null;
        foreach (var history in Histories)
            foreach (var name in new[] { history, $"{history}.gz" })
                if (new FileInfo(Path.Combine(folder, name)) is { Exists: true, Length: > 0 })
                    return Path.Combine(folder, name);
        throw new UserMistakeException(
            $"{folder}: expected {string.Join(", ", Histories)} in the folder of a run, found none of them");
    }
}
