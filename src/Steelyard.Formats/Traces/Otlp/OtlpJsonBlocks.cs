using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>
/// Reads spans in JSON in blocks of whole lines, several beside each other. Where lines are no whole objects,
/// and where there is no other thread, all is read in one.
/// </summary>
/// <param name="stream">The bytes.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="spans">Takes the spans, in the order of the file.</param>
/// <param name="beside">Begins work on another thread; null has none.</param>
internal sealed class OtlpJsonBlocks(
    Stream stream, string name, SpanTable spans, Func<Action, Action>? beside)
{
    const int BlockBytes = 4 << 20;
    const int MostBeside = 2;

    readonly Queue<(SpanTable Spans, byte[] Block, Action Wait)> _waiting = new();
    readonly Stack<byte[]> _free = new();
    byte[] _block = beside is null ? [] : new byte[BlockBytes];
    int _length;
    int _lines;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">They are no JSON, or no spans; with line and
    /// column.</exception>
    /// <exception cref="CutShortException">They end in the middle.</exception>
    public void ReadAll()
    {
        if (beside is not null)
            while (Fill() && LastBorder() is > 0 and var end)
                Begin(end);
        while (_waiting.Count > 0)
            TakeFirst();
        new OtlpJson(new(_block, 0, _length), stream, name, spans, _lines).ReadAll();
    }

    // True when the block is full: there may be more.
    bool Fill()
    {
        _length += stream.ReadAtLeast(
            _block.AsSpan(_length), _block.Length - _length, throwOnEndOfStream: false);
        return _length == _block.Length;
    }

    // Between two lines of which one ends an object and the next begins one; 0 where there is none. Within an
    // object of many lines no line begins so.
    int LastBorder()
    {
        var place = Math.Max(
            _block.AsSpan(0, _length).LastIndexOf("}\n{\"resourceSpans\""u8),
            _block.AsSpan(0, _length).LastIndexOf("}\n{\"resource_spans\""u8));
        return place < 0 ? 0 : place + 2;
    }

    void Begin(int end)
    {
        var (bytes, lines) = (_block, _lines);
        var own = new SpanTable(spans.Names.Beside());
        _lines += bytes.AsSpan(0, end).Count((byte)'\n');
        if (_waiting.Count == MostBeside)
            TakeFirst();
        _block = _free.TryPop(out var free) ? free : GC.AllocateUninitializedArray<byte>(BlockBytes);
        _length -= end;
        bytes.AsSpan(end, _length).CopyTo(_block);
        _waiting.Enqueue((own, bytes, beside!(
            () => new OtlpJson(new(bytes, 0, end), Stream.Null, name, own, lines).ReadAll())));
    }

    void TakeFirst()
    {
        var (own, block, wait) = _waiting.Dequeue();
        wait();
        _free.Push(block);
        spans.Append(own);
    }
}
