using System.Globalization;
using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Plain;

/// <summary>Reads one value as <see cref="Value.ToString"/> writes it.</summary>
internal sealed class TextValue(string text, int line)
{
    int _at;
    int _depth;

    public Value ReadAll()
    {
        var value = Read();
        SkipSpace();
        return _at == text.Length ? value : throw Unexpected("the end");
    }

    Value Read()
    {
        SkipSpace();
        if (_at == text.Length)
            throw Unexpected("a value");
        if (++_depth > JsonValue.DeepestNesting)
            throw new UserMistakeException(
                $"line {line}: values nest deeper than {JsonValue.DeepestNesting} levels");
        var value = text[_at] switch
        {
            '[' => ReadList(),
            '{' => ReadMap(),
            _ => ReadWord(),
        };
        _depth--;
        return value;
    }

    Value ReadList()
    {
        _at++;
        var elements = new List<Value>();
        while (!Closes(']'))
            elements.Add(Read());
        return Value.List([.. elements]);
    }

    Value ReadMap()
    {
        _at++;
        var pairs = new List<(Value, Value)>();
        while (!Closes('}'))
        {
            var key = Read();
            SkipSpace();
            if (_at == text.Length || text[_at++] != ':')
                throw Unexpected("a colon");
            pairs.Add((key, Read()));
        }

        try
        {
            return MapValue.Of(pairs);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"line {line}: {mistake.Message}", mistake);
        }
    }

    bool Closes(char end)
    {
        SkipSpace();
        if (_at < text.Length && text[_at] == ',')
            _at++;
        SkipSpace();
        if (_at == text.Length)
            throw Unexpected($"'{end}'");
        if (text[_at] != end)
            return false;
        _at++;
        return true;
    }

    Value ReadWord()
    {
        var start = _at;
        while (_at < text.Length && !",]}:[{".Contains(text[_at], StringComparison.Ordinal)
            && text[_at] != ' ')
            _at++;
        var word = text[start.._at];
        if (word.Length == 0)
            throw Unexpected("a value");
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return integer;
        return word switch
        {
            "nil" => Value.Nil,
            "true" => Value.Of(true),
            "false" => Value.Of(false),
            _ => word,
        };
    }

    void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    UserMistakeException Unexpected(string expected) =>
        new($"line {line}: expected {expected} at column {_at + 1} of \"{text}\"");
}
