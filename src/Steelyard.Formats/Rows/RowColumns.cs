using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>Where in a file's lines each meaning stands.</summary>
internal sealed class RowColumns
{
    readonly int[] _places;

    /// <summary>Finds the columns of a map in a header.</summary>
    /// <exception cref="UserMistakeException">One is not there.</exception>
    public RowColumns(OperationMap map, string[] header, string name)
    {
        IsNumbered = map.IsNumbered;
        _places = [.. Enum.GetValues<Meaning>().Select(
            meaning => map[meaning] is { } column ? PlaceOf(column, header, name) : -1)];
    }

    /// <summary>True when the first line is an operation too.</summary>
    public bool IsNumbered { get; }

    /// <summary>The column of a meaning, 0-based; -1 where none has it.</summary>
    public int this[Meaning meaning] => _places[(int)meaning];

    /// <summary>True when all columns bear our own names, and they are enough.</summary>
    public static bool AreOurs(IReadOnlyCollection<string> header) =>
        header.All(column => Meanings.Of(column) is not null)
        && header.Distinct(StringComparer.Ordinal).Count() == header.Count
        && header.Contains("start") && (header.Contains("end") ^ header.Contains("duration"))
        && (header.Contains("function") || header.Contains("input"));

    static int PlaceOf(string column, string[] header, string name)
    {
        var place = Array.IndexOf(header, column);
        if (place >= 0 && Array.LastIndexOf(header, column) != place)
            throw new UserMistakeException($"{name}: expected one column {column}, found two");
        if (place < 0 && column.StartsWith('#')
            && int.TryParse(column.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= header.Length)
            return number - 1;
        return place >= 0 ? place : throw new UserMistakeException(
            $"{name}: expected a column {column}, as --map says; found {string.Join(", ", header)}"
            + Suggestion.For(column, header));
    }
}
