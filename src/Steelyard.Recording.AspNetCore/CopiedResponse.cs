using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Steelyard.Recording.AspNetCore;

/// <summary>The body of a response, on its way to the client and kept.</summary>
internal sealed class CopiedResponse : Stream
{
    readonly MemoryStream _copy = new();
    readonly HttpContext _context;
    readonly IHttpResponseBodyFeature _before;
    readonly StreamResponseBodyFeature _here;
    readonly Stream _inner;

    CopiedResponse(HttpContext context, IHttpResponseBodyFeature before)
    {
        _context = context;
        _before = before;
        _inner = before.Stream;
        _here = new(this, before);
    }

    /// <summary>Puts it between the application and what sends.</summary>
    public static CopiedResponse Of(HttpContext context)
    {
        var before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var copied = new CopiedResponse(context, before);
        context.Features.Set<IHttpResponseBodyFeature>(copied._here);
        return copied;
    }

    /// <summary>What was sent through it.</summary>
    public string Text => Encoding.UTF8.GetString(_copy.GetBuffer(), 0, (int)_copy.Length);

    /// <summary>Hands on what the application wrote and did not flush: the server, which would have, does not
    /// see it here.</summary>
    public async Task FlushWriterAsync()
    {
        if (_here.Writer.UnflushedBytes > 0)
            await _here.Writer.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Takes it out again; what was kept stays.</summary>
    public void Restore() => _context.Features.Set(_before);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        _copy.Write(buffer, offset, count);
        _inner.Write(buffer, offset, count);
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _copy.Write(buffer.Span);
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
