using nietras.SeparatedValues;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>The lines of a table. What stands in quotes may hold anything (RFC 4180); lines without anything
/// are passed over.</summary>
/// <param name="stream">The file.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="separators">What may stand between columns.</param>
/// <param name="map">What the user said of the columns; null is nothing.</param>
/// <param name="rows">Takes the operations.</param>
internal sealed class TableRows(
    Stream stream, string name, string separators, OperationMap? map, IntervalRows rows)
{
    readonly CellValues _values = new();
    readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    readonly MapProposal _proposal = new();
    RowColumns? _columns;
    int _width;
    CutShortException? _short;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is no table of operations, or nobody said what its columns
    /// mean.</exception>
    /// <exception cref="CutShortException">The last line ends in the middle.</exception>
    public void ReadAll()
    {
        var head = stream is HeadStream known ? new FileHead(known.Head).FirstLine : "";
        TableText.Read(stream, name, TableText.Separator(head, separators), Take);
        if (_short is not null)
            throw _short;
        if (map is null && _columns is null)
            throw new UserMistakeException(_proposal.Message(name));
    }

    void Take(SepReader.Row row, int line)
    {
        if (_short is { } before)
            throw new UserMistakeException($"{name} line {before.Line}: {before.Message}", before);
        if (TableText.IsBlank(row))
            return;
        var isFirst = _width == 0;
        if (isFirst)
            Begin(row);
        if ((!isFirst || _columns?.IsNumbered == true) && IsWhole(row, line))
            Add(row, line);
    }

    void Begin(SepReader.Row row)
    {
        _width = row.ColCount;
        var header = TableText.Cells(row);
        if (map is null && !RowColumns.AreOurs(header))
        {
            _proposal.Begin(header);
            return;
        }

        rows.Map = map ?? OperationMap.Identity(header);
        _columns = new(rows.Map, header, name);
    }

    // A line with too few columns may be the last, whose writer was stopped.
    bool IsWhole(SepReader.Row row, int line)
    {
        if (row.ColCount == _width)
            return true;
        var mistake = $"expected {_width} columns as in the first line, found {row.ColCount}"
            + (row.ColCount > _width ? " (what holds a separator stands in quotes)" : "");
        if (row.ColCount > _width)
            throw new UserMistakeException($"{name} line {line}: {mistake}");
        _short = new(mistake, line, 1);
        return false;
    }

    void Add(SepReader.Row row, int line)
    {
        if (_columns is not { } columns)
        {
            if (_proposal.WantsMore)
                _proposal.Add(TableText.Cells(row));
            return;
        }

        try
        {
            rows.Add(Fields(row, columns, line));
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"{name} line {line}: {mistake.Message}", mistake);
        }
    }

    OperationRowFields Fields(SepReader.Row row, RowColumns columns, int line) => new()
    {
        Line = line,
        Process = Value(row, columns[Meaning.Process]),
        Start = Time(row, columns[Meaning.Start], isEnd: false, "start"),
        End = Time(row, columns[Meaning.End], isEnd: true, "end"),
        Duration = Time(row, columns[Meaning.Duration], isEnd: true, "duration"),
        Function = Word(row, columns[Meaning.Function]),
        Key = Value(row, columns[Meaning.Key]),
        Input = Value(row, columns[Meaning.Input]),
        Output = Value(row, columns[Meaning.Output]),
        Outcome = Word(row, columns[Meaning.Outcome]),
        Error = Word(row, columns[Meaning.Error]) is { Length: > 0 } error ? error : null,
        Node = Word(row, columns[Meaning.Node]) is { Length: > 0 } node ? node : null,
    };

    Value Value(SepReader.Row row, int column) =>
        column < 0 ? Histories.Value.Nil : _values.Of(row[column].Span.Trim());

    long? Time(SepReader.Row row, int column, bool isEnd, string what)
    {
        if (column < 0 || row[column].Span.Trim() is not { IsEmpty: false } text)
            return null;
        return TimeUnits.Parse(text, rows.Map.UnitNs, isEnd, what);
    }

    string? Word(SepReader.Row row, int column)
    {
        if (column < 0)
            return null;
        var text = row[column].Span.Trim();
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (words.TryGetValue(text, out var word))
            return word;
        word = text.ToString();
        _words.Add(word, word);
        return word;
    }
}
