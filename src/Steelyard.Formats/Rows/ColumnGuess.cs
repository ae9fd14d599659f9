namespace Steelyard.Formats.Rows;

/// <summary>Which column has which meaning, by the names that people give.</summary>
internal sealed class ColumnGuess
{
    // The most telling name of a meaning first.
    static readonly (Meaning Meaning, string[] Names)[] Synonyms =
    [
        (Meaning.Process,
            ["process", "processid", "proc", "client", "clientid", "clientname", "worker", "workerid",
                "thread",
                "threadid", "session", "sessionid", "actor", "connection", "connectionid", "conn", "caller",
                "goroutine", "vu"]),
        (Meaning.Start,
            ["start", "tsstart", "startts", "starttime", "starttimestamp", "timestart", "startedat",
                "started",
                "begin", "begints", "begintime", "tsbegin", "began", "call", "calltime", "callts", "invoke",
                "invoked", "invokedat", "invoketime", "invocation", "sent", "sentat", "requestedat",
                    "requesttime",
                "timestamp", "ts", "time", "t0", "from"]),
        (Meaning.End,
            ["end", "tsend", "endts", "endtime", "endtimestamp", "timeend", "endedat", "ended", "finish",
                "finishtime", "finished", "finishedat", "return", "returntime", "returnts", "returned",
                "returnedat", "complete", "completed", "completedat", "completion", "completetime",
                    "received",
                "receivedat", "respondedat", "responsetimestamp", "stop", "stoptime", "done", "doneat", "t1",
                "to"]),
        (Meaning.Duration,
            ["duration", "latency", "elapsed", "elapsedtime", "took", "responsetime", "requestduration",
                "durationtime"]),
        (Meaning.Function,
            ["function", "f", "op", "operation", "operationname", "opname", "optype", "operationtype",
                "method",
                "action", "command", "cmd", "verb", "kind", "type", "event", "name"]),
        (Meaning.Key,
            ["key", "k", "register", "object", "objectid", "item", "itemid", "account", "entity", "entityid",
                "resource", "row", "rowkey", "path", "url", "uri"]),
        (Meaning.Input,
            ["input", "in", "arg", "args", "argument", "arguments", "param", "params", "value", "val", "v",
                "written", "writevalue", "newvalue", "payload", "request", "body"]),
        (Meaning.Output,
            ["output", "out", "result", "res", "ret", "retval", "returnvalue", "response", "reply", "answer",
                "readvalue", "observed"]),
        (Meaning.Outcome,
            ["outcome", "status", "statuscode", "httpstatus", "code", "resultcode", "responsecode", "ok",
                "success", "succeeded", "state"]),
        (Meaning.Error, ["error", "err", "errormessage", "exception", "reason", "message"]),
        (Meaning.Node, ["node", "nodename", "server", "host", "endpoint", "replica", "target"]),
    ];

    static readonly string[] Units =
        ["nanoseconds", "microseconds", "milliseconds", "seconds", "nanos", "micros", "millis", "unixnano",
            "ns",
            "us", "ms", "sec", "s"];

    readonly string[] _columns;
    readonly int[] _places = new int[Synonyms.Length];
    readonly List<string> _doubts = [];

    public ColumnGuess(string[] columns)
    {
        _columns = columns;
        var bare = columns.Select(Bare).ToArray();
        Array.Fill(_places, -1);
        foreach (var (meaning, names) in Synonyms)
            Find(meaning, names, bare);
        DropOneTime();
        ShareValue(bare);
        foreach (var (place, column) in columns.Index())
            if (!_places.Contains(place))
                _doubts.Add($"{column} is left out");
    }

    /// <summary>The column of a meaning; -1 where none seems to have it.</summary>
    public int this[Meaning meaning] => _places[(int)meaning];

    /// <summary>Whether a history can be read so.</summary>
    public bool IsEnough =>
        this[Meaning.Start] >= 0 && (this[Meaning.Function] >= 0 || this[Meaning.Input] >= 0)
        && (this[Meaning.End] >= 0 || this[Meaning.Duration] >= 0);

    /// <summary>What could not be found.</summary>
    public string Missing => "none of them looks like " + string.Join(
        " or ", new[] { (Meaning.Start, "a start"), (Meaning.End, "an end"), (
            Meaning.Function, "a function") }
            .Where(one => this[one.Item1] < 0).Select(one => one.Item2).DefaultIfEmpty("all of these"));

    /// <summary>How sure this is.</summary>
    public string Doubts => _doubts.Count == 0
        ? "their names leave no doubt"
        : $"by their names ({string.Join(", ", _doubts)})";

    /// <summary>The words after <c>--map</c>.</summary>
    public string Map => string.Join(',', Enum.GetValues<Meaning>().Where(one => this[one] >= 0)
        .Select(one => $"{Meanings.Names[(int)one]}={_columns[this[one]]}"));

    void Find(Meaning meaning, string[] names, string[] bare)
    {
        var found = names.Select(name => Array.IndexOf(bare, name)).Where(place =>
            place >= 0).Distinct().ToList();
        found.RemoveAll(place => _places.Contains(place));
        if (found.Count == 0)
            return;
        _places[(int)meaning] = found[0];
        foreach (var other in found[1..])
            if (!IsOfLater(meaning, bare[other]))
                _doubts.Add(
                    $"{Meanings.Names[(int)meaning]} could also be {_columns[other]}");
    }

    static bool IsOfLater(Meaning meaning, string name) =>
        Synonyms.Any(one => one.Meaning > meaning && one.Names.Contains(name, StringComparer.Ordinal));

    // In many logs one column holds what was written or what was read.
    void ShareValue(string[] bare)
    {
        if (this[Meaning.Output] < 0 && this[Meaning.Input] >= 0
            && bare[this[Meaning.Input]] is "value" or "val" or "v")
            _places[(int)Meaning.Output] = this[Meaning.Input];
        if (this[Meaning.Start] >= 0 && this[Meaning.Duration] >= 0
            && bare[this[Meaning.Start]] is "timestamp" or "ts" or "time")
            _doubts.Add($"{_columns[this[Meaning.Start]]} may also be the end");
    }

    // A start and an end say all; of three times one can contradict the others.
    void DropOneTime()
    {
        if (this[Meaning.Start] >= 0 && this[Meaning.End] >= 0)
            _places[(int)Meaning.Duration] = -1;
    }

    // start_ts_ms and StartTs are tsstart's likes: letters only, without a unit.
    static string Bare(string column)
    {
        var letters = string.Concat(column.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        var hasUnit =
            column.Contains('_') || column.Contains('-') || column.Contains('.') || column.Contains('(')
            || column.Any(char.IsUpper) || column.Contains(' ');
        foreach (var unit in Units)
            if (hasUnit && letters.Length > unit.Length && letters.EndsWith(unit, StringComparison.Ordinal))
                return letters[..^unit.Length];
        return letters;
    }
}
