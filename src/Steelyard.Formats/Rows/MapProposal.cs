using System.Globalization;

namespace Steelyard.Formats.Rows;

/// <summary>What the columns of a file probably mean: by their names, and by what stands in its first
/// lines.</summary>
internal sealed class MapProposal
{
    const int MostLookedAt = 1_000;
    const string Unknown = "<which>";

    readonly List<string[]> _cells = [];

    /// <summary>The columns.</summary>
    public string[] Columns { get; private set; } = [];

    /// <summary>True once the columns are known.</summary>
    public bool HasBegun => Columns.Length > 0;

    /// <summary>False when enough lines were seen.</summary>
    public bool WantsMore => _cells.Count < MostLookedAt;

    /// <summary>Takes the header.</summary>
    public void Begin(string[] columns) => Columns = columns;

    /// <summary>Takes a line.</summary>
    public void Add(string[] cells) => _cells.Add(cells);

    /// <summary>One line that ends with the words to run the command with.</summary>
    public string Message(string name)
    {
        var guess = new ColumnGuess(Columns);
        if (!guess.IsEnough)
            return $"{name}: expected --map {string.Join(',', Meanings.Names.Select(one => $"{one}=…"))}"
                + $" for its columns {string.Join(", ", Columns)}; {guess.Missing}";
        var words = new List<string> { "--map", Quoted(guess.Map) };
        if (OutcomesOf(guess[Meaning.Outcome]) is { } outcomes)
            words.AddRange(["--outcome", Quoted(outcomes)]);
        if (FunctionsOf(guess[Meaning.Function]) is { } functions)
            words.AddRange(["--functions", Quoted(functions)]);
        if (UnitOf(guess) is { } unit)
            words.AddRange(["--time-unit", unit]);
        var file = name == "stdin" ? "-" : Quoted(name);
        var command = $"steelyard check {file} --model {ModelOf(guess)} {string.Join(' ', words)}";
        return $"{name}: expected --map for its columns; {guess.Doubts}: {command}";
    }

    // What the functions most probably are asked of; whoever knows better says so.
    string ModelOf(ColumnGuess guess)
    {
        if (guess[Meaning.Function] is var column && column < 0)
            return "register";
        var words = _cells.Select(cells => At(cells, column)).Distinct(StringComparer.Ordinal).ToList();
        var hasAppend = words.Exists(word => FunctionOf(word, false) == "append");
        var functions = words.Select(word => FunctionOf(word, !hasAppend)).ToHashSet(StringComparer.Ordinal);
        return functions.Contains("cas") ? "cas-register"
            : functions.Contains(null) ? Unknown
            : functions.Overlaps(["get", "put", "append"]) ? "kv"
            : functions.Overlaps(["enqueue", "dequeue"]) ? "queue"
            : functions.Overlaps(["acquire", "release"]) ? "mutex"
            : functions.Count > 0 ? "register"
            : Unknown;
    }

    string? OutcomesOf(int column)
    {
        if (column < 0)
            return null;
        var words = _cells.Select(cells => At(cells, column)).Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal).ToList();
        if (words.TrueForAll(word => word.ToLowerInvariant() is "ok" or "fail" or "info"))
            return null;
        var named = new[] { "ok", "fail", "info" }.Select(outcome => (outcome, Words: words
            .Where(word => OutcomeOf(word) == outcome).Select(InRange).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList())).ToList();
        // Whatever comes later in the file and was not seen may have happened.
        named[2].Words.Add("*");
        return string.Join(',', named.Where(one => one.Words.Count > 0)
            .Select(one => $"{one.outcome}={string.Join(',', one.Words)}"));
    }

    static string OutcomeOf(string word) => word.ToLowerInvariant() switch
    {
        "ok" or "success" or "succeeded" or "successful" or "true" or "done" or "completed" or "0" => "ok",
        "fail" or "failed" or "failure" or "false" or "rejected" or "conflict" or "aborted" or "refused"
            or "409" or "412" => "fail",
        _ when IsStatus(word, out var status) && status is >= 200 and < 300 => "ok",
        _ => "info",
    };

    static string InRange(string word) =>
        IsStatus(word, out var status) && status is >= 200 and < 300 ? "200..299" : word;

    static bool IsStatus(string word, out int status) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out status)
        && status is >= 100 and < 600;

    string? FunctionsOf(int column)
    {
        if (column < 0)
            return null;
        var words = _cells.Select(cells => At(cells, column)).Distinct(StringComparer.Ordinal).ToList();
        var hasAppend = words.Exists(word => FunctionOf(word, false) == "append");
        var known = words.Select(word => (Word: word, Function: FunctionOf(word, !hasAppend)))
            .Where(one => one.Function is not null && one.Function != one.Word)
            .GroupBy(one => one.Function!, one => one.Word).ToList();
        return known.Count == 0 ? null : string.Join(
            ',', known.Select(one => $"{one.Key}={string.Join(',', one.Order(StringComparer.Ordinal))}"));
    }

    // GET and PUT of HTTP read and write; get and put are words of ours, of maps of texts.
    static string? FunctionOf(string word, bool isHttp) => word.ToLowerInvariant() switch
    {
        "get" when isHttp && word != "get" => "read",
        "put" when isHttp && word != "put" => "write",
        "r" or "read" => "read",
        "w" or "write" or "set" => "write",
        "cas" or "compare-and-set" or "compareandset" or "compare_and_set" or "compareandswap" => "cas",
        "get" => "get",
        "put" => "put",
        "append" => "append",
        "enq" or "enqueue" => "enqueue",
        "deq" or "dequeue" => "dequeue",
        "lock" or "acquire" => "acquire",
        "unlock" or "release" => "release",
        _ => null,
    };

    string? UnitOf(ColumnGuess guess)
    {
        foreach (var meaning in new[] { Meaning.Duration, Meaning.End, Meaning.Start })
            if (guess[meaning] is >= 0 and var column && IsNumeric(column))
                return NamedUnit(Columns[column]) ?? UnitByGreatness(column);
        return null;
    }

    bool IsNumeric(int column) => _cells.Exists(cells => decimal.TryParse(
        At(cells, column), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    static string? NamedUnit(string column)
    {
        var name = column.ToLowerInvariant();
        foreach (var (ending, unit) in new[]
                 {
                     ("nanos", "ns"), ("nanoseconds", "ns"), ("micros", "us"), ("microseconds", "us"),
                     ("millis", "ms"), ("milliseconds", "ms"), ("seconds", "s"), ("_ns", "ns"), ("_us", "us"),
                     ("_ms", "ms"), ("_s", "s"), ("_sec", "s"), ("ns", "ns"), ("ms", "ms"),
                 })
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return unit;
        return null;
    }

    // Times since 1970 tell their unit by their size; others do not.
    string UnitByGreatness(int column)
    {
        var greatest = _cells.Max(cells => decimal.TryParse(
            At(cells, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var time) ? time : 0);
        var hasFraction = _cells.Exists(cells => At(cells, column).Contains('.', StringComparison.Ordinal));
        return greatest switch
        {
            >= 1e17m => "ns",
            >= 1e14m => "us",
            >= 1e11m => "ms",
            >= 1e8m => "s",
            _ => hasFraction ? "s" : "ms",
        };
    }

    static string At(string[] cells, int column) => column < cells.Length ? cells[column] : "";

    static string Quoted(string word) =>
        word.All(one => char.IsAsciiLetterOrDigit(one) || "/._-+~=,:".Contains(one, StringComparison.Ordinal))
            ? word : $"'{word}'";
}
