using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>A format in which a line is a whole operation with start and end, and somebody must say which
/// column means what.</summary>
internal abstract class RowFormat : HistoryFormat
{
    /// <summary>Whether a file that begins so can be of this kind, when it is known to be of such
    /// rows.</summary>
    internal abstract bool CanBegin(FileHead head);

    /// <summary>Hands on all operations.</summary>
    protected abstract void ReadRows(Stream stream, string name, OperationMap? map, IntervalRows rows);

    internal sealed override HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        if (options.IndependentKeys)
            throw new UserMistakeException(
                $"{name}: expected --map with key=… in place of --independent, since {Name} has a column"
                + " for keys");
        var rows = new IntervalRows(name);
        try
        {
            ReadRows(stream, name, options.Map, rows);
            return Whole(rows, null);
        }
        catch (CutShortException cut)
        {
            var where = cut.In(name);
            return options.KeepPartial
                ? Whole(rows, where)
                : throw new UserMistakeException($"{where}; {ReadOptions.HowToKeep}", cut);
        }
    }

    HistoryRead Whole(IntervalRows rows, string? partialReason)
    {
        var lines = new EventLines();
        var history = rows.Build(lines, out var warning);
        return new(history, this, partialReason) { Lines = lines, Warning = warning };
    }

    /// <summary>The names of a header, where a first line is one; null where it is not.</summary>
    internal static string[]? HeaderOf(string line, char separator)
    {
        var names = line.Split(separator).Select(name => name.Trim().Trim('"').Trim()).ToArray();
        return names.Length >= 3 && Array.TrueForAll(names, IsName)
            && names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : null;
    }

    static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' or '@')
        && name.All(one =>
            char.IsLetterOrDigit(one) || "_ .-:/@()[]%#".Contains(one, StringComparison.Ordinal));
}
