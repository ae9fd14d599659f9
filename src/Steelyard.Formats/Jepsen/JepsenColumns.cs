using System.Text;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen;

/// <summary>
/// Operations as Jepsen prints them for people, one a line: process, type, function and value in EDN, apart
/// by tabs (or spaces, as copied text has them), and after a tab perhaps an error, in no notation.
/// </summary>
internal sealed class JepsenColumns(ByteReader bytes, string name, EventAssembler events)
{
    // Between logger and message: the layout of logback's "%d{ISO8601}{GMT}\t%p\t[%t] %c: %m%n".
    const string Logger = "jepsen.util: ";

    readonly EdnReader _reader = new(bytes, name);
    readonly List<byte> _rest = [];
    bool _isLog;

    /// <summary>Reads a file of such lines.</summary>
    /// <exception cref="UserMistakeException">A line is no operation; with line and column.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        while (bytes.Peek() != ByteReader.End)
            if (bytes.Peek() is '\n' or '\r' or ' ' or '\t')
                bytes.Next();
            else
                ReadOperation();
    }

    /// <summary>Reads a log of which such lines are a part; what other loggers said, and stack traces, are
    /// passed over.</summary>
    /// <exception cref="UserMistakeException">An operation is none; with line and column.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle of an operation.</exception>
    public void ReadLog()
    {
        _isLog = true;
        while (bytes.Peek() != ByteReader.End)
            if (SkipToMessage() && IsOperation())
                ReadOperation();
            else
                ReadRest();
    }

    bool SkipToMessage()
    {
        var matched = 0;
        while (matched < Logger.Length && bytes.Peek() is not ('\n' or ByteReader.End))
        {
            var next = bytes.Next();
            matched = next == Logger[matched] ? matched + 1 : next == Logger[0] ? 1 : 0;
        }

        return matched == Logger.Length;
    }

    bool IsOperation() => bytes.Peek() is ':' or (>= '0' and <= '9');

    void ReadOperation()
    {
        var fields = new EventFields { Line = bytes.Line };
        if (!IsOperation())
            throw _reader.Unexpected("a process (a number or a keyword such as :nemesis)");
        fields.Process = _reader.Read();
        SkipBlanks("a type (:invoke, :ok, :fail or :info)");
        if (bytes.Peek() != ':')
            throw _reader.Unexpected("a type (:invoke, :ok, :fail or :info)");
        fields.Type = _reader.Read();
        SkipBlanks("a function");
        fields.Function = _reader.Read();
        SkipBlanks("a value");
        var isKeyword = bytes.Peek() == ':';
        fields.Payload = _reader.Read();
        fields.Error = ReadError();
        if (isKeyword && fields.Error.IsNil && IsUnanswered(fields))
            (fields.Payload, fields.Error) = (Value.Nil, fields.Payload);
        events.Add(fields);
    }

    // Old clients put the reason in the place of the value: ":info :cas :timed-out".
    static bool IsUnanswered(in EventFields fields) =>
        fields.Process.IsInteger && (fields.Type == "fail" || fields.Type == "info");

    // What follows stands on the same line: the reader itself would go on to the next.
    void SkipBlanks(string expected)
    {
        if (bytes.Peek() is not ('\t' or ' '))
            throw _reader.Unexpected($"a tab and {expected}");
        while (bytes.Peek() is '\t' or ' ')
            bytes.Next();
        if (bytes.Peek() is '\n' or '\r')
            throw _reader.Unexpected(expected);
    }

    Value ReadError()
    {
        while (bytes.Peek() is ' ' or '\r')
            bytes.Next();
        if (bytes.Peek() is not ('\t' or '\n' or ByteReader.End))
            throw _reader.Unexpected("a tab and an error, or the end of the line");
        var error = ReadRest().TrimStart(':');
        return error.Length == 0 ? Value.Nil : _isLog ? error : WithContinuations(error);
    }

    // Messages of databases have several lines. Those after the first begin like no operation.
    string WithContinuations(string error)
    {
        var whole = new StringBuilder(error);
        while (!IsOperation() && bytes.Peek() != ByteReader.End)
            whole.Append(' ').Append(ReadContinuation());
        return whole.ToString().TrimEnd();
    }

    string ReadContinuation()
    {
        var line = bytes.Line;
        var text = ReadRest();
        return text.Contains("\t:", StringComparison.Ordinal)
            ? throw new UserMistakeException(
                $"{name} line {line}: expected a process (a number or a keyword such as :nemesis), found"
                + $" \"{text}\"")
            : text;
    }

    string ReadRest()
    {
        _rest.Clear();
        while (bytes.Peek() is not ('\n' or ByteReader.End))
            _rest.Add((byte)bytes.Next());
        bytes.Next();
        return Encoding.UTF8.GetString([.. _rest]).Trim();
    }
}
