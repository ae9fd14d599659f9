using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>A line of a text format, without the blanks around it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Number">1-based.</param>
/// <param name="IsCut">True for a last line that no line break ends: its writer may have been
/// stopped.</param>
internal readonly record struct TextLine(string Text, int Number, bool IsCut);

/// <summary>The lines of a text format, one by one; blank ones are passed over.</summary>
internal static class TextLines
{
    static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All lines that say something.</summary>
    /// <exception cref="UserMistakeException">A line is not UTF-8.</exception>
    public static IEnumerable<TextLine> Of(ByteReader bytes, string name)
    {
        var line = new List<byte>();
        while (bytes.Peek() != ByteReader.End)
        {
            var number = bytes.Line;
            line.Clear();
            while (bytes.Peek() is not (ByteReader.End or '\n'))
                line.Add((byte)bytes.Next());
            var isCut = bytes.Next() == ByteReader.End;
            var text = Decode([.. line], name, number).Trim();
            if (text.Length > 0)
                yield return new(text, number, isCut);
        }
    }

    /// <summary>A word as a value: a whole number, true or false, or else a text.</summary>
    public static Value ValueOf(string word) =>
        long.TryParse(
            word, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : word switch
        {
            "true" => Value.Of(true),
            "false" => Value.Of(false),
            _ => word,
        };

    static string Decode(byte[] line, string name, int number)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException broken)
        {
            throw new UserMistakeException(
                $"{name} line {number}: expected UTF-8, found other bytes", broken);
        }
    }
}
