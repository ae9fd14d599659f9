using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>
/// Which columns of a file mean what, where each line is a whole operation with start and end: the words
/// after
/// <c>--map</c>, <c>--outcome</c>, <c>--functions</c> and <c>--time-unit</c>.
/// </summary>
public sealed class OperationMap
{
    readonly string?[] _columns = new string?[Meanings.Names.Count];

    OperationMap()
    {
    }

    /// <summary>The same as words of a command line, each an option or its value.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Nanoseconds of one unit of a time that is a number; null where nothing was said.</summary>
    internal long? UnitNs { get; private init; }

    /// <summary>How operations ended, by the words of the outcome column.</summary>
    internal OutcomeWords Outcomes { get; private init; } = OutcomeWords.Usual;

    /// <summary>Functions by the words of their column; a word that is not here is a function
    /// itself.</summary>
    internal IReadOnlyDictionary<string, string> Functions { get; private init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The map of files whose columns bear our own names.</summary>
    internal static OperationMap Identity(IEnumerable<string> columns)
    {
        var map = new OperationMap();
        foreach (var column in columns)
            map._columns[(int)Meanings.Of(column)!.Value] = column;
        return map;
    }

    /// <summary>Reads the words of a command line.</summary>
    /// <param name="columns">After <c>--map</c>: <c>process=client,start=ts</c>; a column without a name is
    /// its number, as <c>start=#2</c>.</param>
    /// <param name="outcomes">After <c>--outcome</c>: <c>ok=200..299,fail=409,info=timeout,503</c>; null
    /// takes
    /// ok, fail and info as they are.</param>
    /// <param name="functions">After <c>--functions</c>: <c>read=GET,write=PUT,POST</c>; null takes the words
    /// of the file.</param>
    /// <param name="unit">After <c>--time-unit</c>: ns, us, ms or s; null takes whole numbers for ns.</param>
    /// <exception cref="UserMistakeException">A word is none of these.</exception>
    public static OperationMap Parse(
        string columns, string? outcomes = null, string? functions = null, string? unit = null)
    {
        var words = new List<string> { "--map", columns };
        foreach (var (option, text) in new[]
                 {
                     ("--outcome", outcomes), ("--functions", functions), ("--time-unit", unit),
                 })
            if (text is not null)
                words.AddRange([option, text]);
        var map = new OperationMap
        {
            Words = words,
            Outcomes = outcomes is null ? OutcomeWords.Usual : OutcomeWords.Parse(outcomes),
            Functions = functions is null ? new Dictionary<string, string>() : FunctionsOf(functions),
            UnitNs = unit is null ? null : TimeUnits.Named(unit),
        };
        map.Take(columns);
        return map;
    }

    /// <summary>The column of a meaning, by its name or <c>#number</c>; null where none has it.</summary>
    internal string? this[Meaning meaning] => _columns[(int)meaning];

    /// <summary>True when no column is called by name: then the first line is an operation too.</summary>
    internal bool IsNumbered => Array.TrueForAll(_columns, column => column is null or ['#', ..]);

    void Take(string columns)
    {
        foreach (var (name, column) in WordMap.Parse("--map", columns, "process=client,start=ts,end=done"))
        {
            var meaning = Meanings.Of(name) ?? throw new UserMistakeException(
                $"--map: expected {string.Join(", ", Meanings.Names)} before =, found \"{name}\""
                + Suggestion.For(name, Meanings.Names));
            if (_columns[(int)meaning] is { } other)
                throw new UserMistakeException(
                    $"--map: expected one column as {name}, found {other} and {column}");
            _columns[(int)meaning] = column;
        }

        var times = new[] { Meaning.Start, Meaning.End, Meaning.Duration }.Count(one =>
            this[one] is not null);
        if (times != 2)
            throw new UserMistakeException(
                "--map: expected start, and end or duration (or end and duration), found "
                + $"\"{columns}\"");
        if (this[Meaning.Function] is null && this[Meaning.Input] is null)
            throw new UserMistakeException(
                "--map: expected function, or input where what has none is a read, found "
                + $"\"{columns}\"");
    }

    static Dictionary<string, string> FunctionsOf(string text)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (function, word) in WordMap.Parse("--functions", text, "read=GET,write=PUT,POST"))
            if (!functions.TryAdd(word, function) && functions[word] != function)
                throw new UserMistakeException(
                    $"--functions: expected each word once, found {word} as {functions[word]} and"
                    + $" {function}");
        return functions;
    }
}
