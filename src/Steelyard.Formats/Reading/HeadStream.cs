namespace Steelyard.Formats.Reading;

/// <summary>A stream whose first bytes can be looked at before it is read: they tell gzip and the
/// format.</summary>
internal sealed class HeadStream : ForwardStream
{
    // Enough for a long comment before the first event.
    const int HeadLength = 1 << 16;
    const int Small = 1 << 12;

    readonly Stream _inner;
    readonly bool _owned;
    readonly byte[] _head;
    readonly int _length;
    int _at;

    HeadStream(Stream inner, int headLength, bool owned)
    {
        _inner = inner;
        _owned = owned;
        _head = new byte[Math.Min(Small, headLength)];
        _length = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        if (_length < _head.Length || _length == headLength)
            return;
        Array.Resize(ref _head, headLength);
        _length += inner.ReadAtLeast(_head.AsSpan(_length), headLength - _length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes, whatever was read since.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    /// <summary>Whether the bytes were gzipped and ended in the middle, as far as is known by now.</summary>
    public bool IsCut => _inner is UnzippedStream { IsCut: true };

    /// <summary>The bytes of a stream, unzipped when its first two say gzip (RFC 1952 section 2.3.1), without
    /// the mark that some editors put before UTF-8. The stream stays open.</summary>
    public static HeadStream Unzipped(Stream stream)
    {
        var raw = new HeadStream(stream, 2, owned: false);
        var plain = raw.Head is [0x1F, 0x8B]
            ? new HeadStream(new UnzippedStream(raw), HeadLength, owned: true)
            : new HeadStream(raw, HeadLength, owned: true);
        if (plain.Head.StartsWith("\uFEFF"u8))
            plain._at = 3;
        return plain;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
            return _inner.Read(buffer);
        var count = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _owned)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
