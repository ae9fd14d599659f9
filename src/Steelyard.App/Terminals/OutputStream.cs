namespace Steelyard.App.Terminals;

/// <summary>
/// The output of the process. What cannot be written (a full disk behind it) is remembered and the rest is
/// dropped, so that no command ends in the middle of its work; it is told when the command has ended. A pipe
/// that its reader has closed, as <c>head</c> does, is no failure: the rest is dropped without a word.
/// </summary>
/// <param name="open">Opens what is written to; tried at the first byte.</param>
internal sealed class OutputStream(Func<Stream> open) : Stream
{
    Stream? _stream;
    bool _isGone;

    /// <summary>Why it could not be written; null as long as it could, or when the reader closed
    /// it.</summary>
    public string? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isGone || buffer.IsEmpty)
            return;
        try
        {
            (_stream ??= open()).Write(buffer);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException
            or ArgumentOutOfRangeException)
        {
            Fail(problem);
        }
    }

    public override void Flush()
    {
        if (_isGone || _stream is null)
            return;
        try
        {
            _stream.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException
            or ArgumentOutOfRangeException)
        {
            Fail(problem);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    void Fail(Exception problem)
    {
        _isGone = true;
        if (!problem.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase))
            Failure = problem.Message;
    }
}
