using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Edn;

/// <summary>
/// Jepsen's, Knossos' and Porcupine's EDN: a vector or list of operation maps, or one map after another.
/// Events are handed on as they are read; no more than one stands in memory.
/// </summary>
internal sealed class EdnHistory(ByteReader bytes, string name, EventAssembler events)
{
    readonly EdnReader _reader = new(bytes, name);

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is not EDN, or not operation maps; with line and
    /// column.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        while (true)
        {
            switch (_reader.SkipToForm())
            {
                case ByteReader.End:
                    return;
                case '[':
                    ReadSequence(']');
                    break;
                case '(':
                    ReadSequence(')');
                    break;
                case '^':
                    _reader.SkipMetadata();
                    if (_reader.SkipToForm() == ByteReader.End)
                        throw _reader.Unexpected("what the metadata is of");
                    break;
                default:
                    ReadEvent();
                    break;
            }
        }
    }

    void ReadSequence(char closer)
    {
        _reader.Skip();
        while (_reader.SkipToForm() != closer)
            ReadEvent();
        _reader.Skip();
    }

    void ReadEvent()
    {
        var line = _reader.Line;
        while (_reader.SkipToForm() is '#' or '^')
            if (!_reader.TrySkipMetadata() && !_reader.SkipTag(out _))
                throw _reader.Unexpected("an operation map");
        if (_reader.SkipToForm() != '{')
            throw _reader.Unexpected("an operation map {:process …}");
        _reader.Skip();
        var fields = new EventFields { Line = line };
        while (_reader.SkipToForm() != '}')
            ReadField(ref fields);
        _reader.Skip();
        events.Add(fields);
    }

    void ReadField(ref EventFields fields)
    {
        if (_reader.SkipToForm() == ByteReader.End)
            throw _reader.Unexpected("'}'");
        var key = _reader.ReadKeywordKey();
        ref var field = ref EventFields.Field(ref fields, key, out var known);
        if (_reader.SkipToForm() is '}' or ByteReader.End)
            throw _reader.Unexpected("a value after the key");
        var value = _reader.Read();
        if (known)
            field = value;
    }
}
