using System.IO.Compression;

namespace Steelyard.Formats.Reading;

/// <summary>
/// Gzipped bytes, unzipped as far as they go: where they end in the middle, as those of a writer that was
/// stopped do, the plain bytes end there too, and <see cref="IsCut"/> tells. The library's stream does not
/// tell, so a member of ours is put behind the last byte: it is only found where nothing is missing before
/// it.
/// </summary>
/// <param name="zipped">The bytes; left open.</param>
internal sealed class UnzippedStream(Stream zipped) : ForwardStream
{
    static readonly byte[] s_ending = "the end of gzipped bytes"u8.ToArray();
    static readonly byte[] s_zippedEnding = Zipped(s_ending);

    readonly EndedStream _zipped = new(zipped, s_zippedEnding);
    GZipStream? _plain;
    bool _isDone;

    /// <summary>Whether the bytes ended in the middle.</summary>
    public bool IsCut { get; private set; }

    /// <exception cref="InvalidDataException">They are broken, and not only cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_isDone || buffer.IsEmpty)
            return 0;
        _plain ??= new GZipStream(_zipped, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var count = _plain.Read(buffer);
            if (!_zipped.IsAtEnd)
                return count;
            IsCut = !IsEnding(buffer[..count]);
        }
        catch (InvalidDataException) when (_zipped.IsAtEnd)
        {
            // Whoever reads asks for it and tells.
            IsCut = true;
        }

        _isDone = true;
        return 0;
    }

    // All that came of the bytes themselves was handed on before the ending was asked for.
    bool IsEnding(ReadOnlySpan<byte> begin)
    {
        if (begin.Length > s_ending.Length)
            return false;
        var found = new byte[s_ending.Length + 1];
        begin.CopyTo(found);
        var length = begin.Length + _plain!.ReadAtLeast(
            found.AsSpan(begin.Length), found.Length - begin.Length, throwOnEndOfStream: false);
        return found.AsSpan(0, length).SequenceEqual(s_ending);
    }

    static byte[] Zipped(byte[] plain)
    {
        var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(plain);
        return zipped.ToArray();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain?.Dispose();
            _zipped.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Bytes, and an ending when they are asked for beyond their end.</summary>
    sealed class EndedStream(Stream inner, byte[] ending) : ForwardStream
    {
        int _given;

        /// <summary>Whether all bytes were given and more were asked for.</summary>
        public bool IsAtEnd { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var count = IsAtEnd ? 0 : inner.Read(buffer);
            if (count > 0 || buffer.IsEmpty)
                return count;
            IsAtEnd = true;
            count = Math.Min(buffer.Length, ending.Length - _given);
            ending.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
