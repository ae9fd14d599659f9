using System.Buffers.Text;
using System.Text;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Porcupine;

/// <summary>
/// Porcupine's recorded etcd logs, one event a line:
/// <c>INFO jepsen.util - process :type :function value</c>, words apart by tabs or spaces. In place of a
/// value <c>:timed-out</c> is an error.
/// </summary>
internal sealed class PorcupineLog(ByteReader bytes, string name, EventAssembler events)
{
    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">A line is not of that form.</exception>
    /// <exception cref="CutShortException">The last line ends in the middle.</exception>
    public void ReadAll()
    {
        var line = new List<byte>();
        while (bytes.Peek() != ByteReader.End)
        {
            var number = bytes.Line;
            line.Clear();
            while (bytes.Peek() is not (ByteReader.End or '\n'))
                line.Add((byte)bytes.Next());
            var isLast = bytes.Next() == ByteReader.End;
            ReadLine([.. line], number, isLast);
        }
    }

    void ReadLine(byte[] line, int number, bool isLast)
    {
        var text = Encoding.UTF8.GetString(line).Trim();
        if (text.Length == 0)
            return;
        var words = text.Split([' ', '\t'], 7, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 7 && isLast && "INFO jepsen.util - ".StartsWith(text, StringComparison.Ordinal))
            throw new CutShortException("the last line is cut short", number, text.Length + 1);
        if (words.Length < 7 || words[1] != "jepsen.util" || words[2] != "-"
            || !int.TryParse(words[3], out var process) || !words[4].StartsWith(':')
            || !words[5].StartsWith(':'))
        {
            if (isLast && text.StartsWith("INFO", StringComparison.Ordinal) && words.Length < 7)
                throw new CutShortException("the last line is cut short", number, text.Length + 1);
            throw new UserMistakeException(
                $"{name} line {number}: expected \"INFO jepsen.util - process :type :function value\","
                + $" found \"{text}\"");
        }

        events.Add(Fields(process, words, number));
    }

    EventFields Fields(int process, string[] words, int number)
    {
        var fields = new EventFields
        {
            Line = number,
            Process = process,
            Type = words[4][1..],
            Function = words[5][1..],
        };
        if (words[6].StartsWith(':'))
            fields.Error = words[6][1..];
        else
            fields.Payload = ReadValue(words[6], number);
        return fields;
    }

    Value ReadValue(string text, int number)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (Utf8Parser.TryParse(utf8, out long integer, out var used) && used == utf8.Length)
            return integer;
        var place = $"{name} line {number}, in its value:";
        var reader = new EdnReader(new ByteReader(utf8), place);
        try
        {
            var value = reader.Read();
            return reader.SkipToForm() == ByteReader.End ? value : throw reader.Unexpected("the end");
        }
        catch (CutShortException cut)
        {
            throw new CutShortException(cut.Message, number, cut.Column);
        }
    }
}
