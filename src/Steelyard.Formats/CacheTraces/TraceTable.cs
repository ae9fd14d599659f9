using System.Globalization;
using nietras.SeparatedValues;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.CacheTraces;

/// <summary>Requests as the rows of a table: a column of objects, and perhaps one of sizes.</summary>
internal sealed class TraceTable(string path, TraceRequests requests)
{
    const int MostShown = 40;

    static readonly string[] ObjectColumns =
        ["object", "object_id", "obj_id", "objid", "id", "key", "block", "page", "lba", "lbn", "url"];

    static readonly string[] SizeColumns = ["size", "obj_size", "object_size", "objsize", "bytes", "length"];

    string[]? _names;
    int _object;
    int _size;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is no such table; the message names the place.</exception>
    public CacheTrace Read(Stream stream, string firstLine)
    {
        TableText.Read(
            stream, path, TableText.Separator(firstLine, TableText.AnySeparator), Take);
        return requests.Trace("csv", hasSizes: _size >= 0);
    }

    void Take(SepReader.Row row, int line)
    {
        if (TableText.IsBlank(row))
            return;
        if (_names is null)
            Begin(TableText.Cells(row), line);
        else if (row.ColCount != _names.Length)
            throw Mistake(line, $"{_names.Length} columns as in the first line", $"{row.ColCount}");
        else
            Add(row, line);
    }

    void Begin(string[] names, int line)
    {
        _names = names;
        (_object, _size) = (Column(names, ObjectColumns), Column(names, SizeColumns));
        if (_object >= 0)
            return;
        var header = string.Join(' ', names);
        throw Mistake(
            line, $"a column named {string.Join(", ", ObjectColumns)}",
            $"\"{header[..Math.Min(MostShown, header.Length)]}\"");
    }

    void Add(SepReader.Row row, int line)
    {
        var name = row[_object].Span.Trim();
        if (name.IsEmpty)
            throw Mistake(line, "an object", "nothing");
        requests.Add(name.ToString(), _size < 0 ? 1 : Size(row[_size].Span.Trim(), line));
    }

    int Size(ReadOnlySpan<char> text, int line) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw Mistake(line, $"a size from 1 to {int.MaxValue}", $"\"{text}\"");

    UserMistakeException Mistake(int line, string expected, string found) =>
        new($"{path} line {line}: expected {expected}, found {found}");

    static int Column(string[] names, string[] known) => known
        .Select(name => Array.FindIndex(names, one => one.Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(place => place >= 0, -1);
}
