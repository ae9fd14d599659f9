using System.Text;
using nietras.SeparatedValues;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>The one reader of tables: UTF-8 and nothing else, what stands in quotes may hold anything (RFC
/// 4180), each row with the number of its line.</summary>
internal static class TableText
{
    /// <summary>What stands between columns of a file that is a table by its name.</summary>
    public const string AnySeparator = ",;\t";

    static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes a row and its line.</summary>
    public delegate void TakeRow(SepReader.Row row, int line);

    /// <summary>Reads to the end of the bytes, rows without anything too.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="separator">What stands between columns.</param>
    /// <param name="take">Takes the rows.</param>
    /// <exception cref="UserMistakeException">It is no table.</exception>
    public static void Read(Stream stream, string name, char separator, TakeRow take)
    {
        try
        {
            using var text = new StreamReader(stream, Strict, leaveOpen: true);
            using var reader = Sep.New(separator)
                .Reader(options => options with
                {
                    HasHeader = false, Unescape = true, DisableColCountCheck = true,
                })
                .From(text);
            // The library counts the lines of the first row apart.
            foreach (var row in reader)
                take(row, row.RowIndex == 0 ? 1 : row.LineNumberFrom);
        }
        catch (DecoderFallbackException broken)
        {
            throw new UserMistakeException($"{name}: expected UTF-8, found other bytes", broken);
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException)
        {
            throw new UserMistakeException($"{name}: expected a table, found {broken.Message}", broken);
        }
    }

    /// <summary>True for a row without anything.</summary>
    public static bool IsBlank(SepReader.Row row) =>
        row.ColCount == 0 || (row.ColCount == 1 && row[0].Span.IsWhiteSpace());

    /// <summary>The cells of a row, without blanks around them.</summary>
    public static string[] Cells(SepReader.Row row)
    {
        var cells = new string[row.ColCount];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = row[i].Span.Trim().ToString();
        return cells;
    }

    /// <summary>The separator that a first line has most of.</summary>
    public static char Separator(string firstLine, string separators) =>
        separators.MaxBy(separator => firstLine.Count(one => one == separator));
}
