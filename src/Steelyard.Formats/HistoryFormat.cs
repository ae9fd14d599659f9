using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>The kinds of history files that <see cref="HistoryFile"/> reads. Any of them may be
/// gzipped.</summary>
public enum HistoryFormat : byte
{
    /// <summary>Ours: one JSON event a line; a superset of Jepsen's JSON operation map.</summary>
    Jsonl,

    /// <summary>Jepsen's and Knossos' EDN: a vector or list of operation maps, or one map after
    /// another.</summary>
    JepsenEdn,

    /// <summary>Jepsen's JSON: an array of operation maps, or one map after another.</summary>
    JepsenJson,

    /// <summary>Porcupine's recorded etcd logs: <c>INFO jepsen.util - 3 :invoke :cas [0 2]</c>.</summary>
    PorcupineLog,

    /// <summary>Porcupine's key-value text: EDN maps with <c>:key</c>, functions get, put and
    /// append.</summary>
    PorcupineKv,

    /// <summary>The plain lines that tests use: <c>0 invoke add 7</c>; see
    /// <see cref="TextHistory"/>.</summary>
    Text,

    /// <summary>The page on which Knossos drew a history; see <see cref="KnossosTimeline"/>.</summary>
    KnossosTimeline,

    /// <summary>The histories of Violin and LiMo: <c>[1] call push(3)</c>, later
    /// <c>[1] return</c>.</summary>
    ViolinHist,

    /// <summary>The histories of fptlin: <c>process start end OPERATION values</c>.</summary>
    Fptlin,

    /// <summary>AWDIT's text of transactions over registers: <c>r key value</c> or <c>w key value</c> a line,
    /// <c>-----</c> between transactions, <c>=====</c> between sessions.</summary>
    Awdit,

    /// <summary>Plume's text of transactions over registers: <c>r(key,value,session,transaction)</c> or
    /// <c>w(…)</c> a line.</summary>
    Plume,
}

/// <summary>The names that users give formats on a command line.</summary>
public static class HistoryFormats
{
    static readonly (string Name, HistoryFormat Format, string Looks)[] All =
    [
        ("jsonl", HistoryFormat.Jsonl, """{"process":0,"type":"invoke",…} a line"""),
        ("jepsen-edn", HistoryFormat.JepsenEdn, "{:process 0, :type :invoke, …}"),
        ("jepsen-json", HistoryFormat.JepsenJson, """[{"process":0,"type":"invoke",…}, …]"""),
        ("porcupine-log", HistoryFormat.PorcupineLog, "INFO jepsen.util - 0 :invoke :read nil"),
        ("porcupine-kv", HistoryFormat.PorcupineKv, "{:process 0, :type :invoke, :f :get, :key \"k\", …}"),
        ("text", HistoryFormat.Text, "0 invoke read"),
        ("knossos-timeline", HistoryFormat.KnossosTimeline, "<html>… with <div class=\"op ok\" …>"),
        ("violin-hist", HistoryFormat.ViolinHist, "[1] call push(3)"),
        ("fptlin", HistoryFormat.Fptlin, "0 1 5 PUSH 1"),
        ("awdit", HistoryFormat.Awdit, "w 0 1, r 0 1, ----- or ===== a line"),
        ("plume", HistoryFormat.Plume, "w(0,1,0,0) a line"),
    ];

    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The name of a format.</summary>
    public static string NameOf(HistoryFormat format) => All[(int)format].Name;

    /// <summary>The format of a name.</summary>
    /// <exception cref="UserMistakeException">There is no such name; the message lists those there
    /// are.</exception>
    public static HistoryFormat Parse(string name)
    {
        foreach (var entry in All)
            if (entry.Name == name)
                return entry.Format;
        throw new UserMistakeException(
            $"unknown history format \"{name}\"; the formats are {string.Join(", ", Names)}");
    }

    /// <summary>How the lines of a format look, for lists.</summary>
    public static string SampleOf(HistoryFormat format) => All[(int)format].Looks;
}
