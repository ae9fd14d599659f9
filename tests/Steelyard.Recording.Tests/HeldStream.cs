namespace Steelyard.Recording.Tests;

/// <summary>A disk that takes the first line and then nothing, until it is released.</summary>
internal sealed class HeldStream : MemoryStream
{
    readonly ManualResetEventSlim _released = new();
    readonly ManualResetEventSlim _asked = new();
    int _writes;

    /// <summary>All that was written, closed or not.</summary>
    public byte[] Bytes => ToArray();

    public void Release() => _released.Set();

    public bool WaitUntilAsked() => _asked.Wait(TimeSpan.FromSeconds(30));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_writes++ > 0)
        {
            _asked.Set();
            _released.Wait();
        }

        base.Write(buffer);
    }
}

/// <summary>A disk with room for one line.</summary>
internal sealed class FullStream : MemoryStream
{
    int _writes;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_writes++ > 0)
            throw new IOException("no room");
        base.Write(buffer);
    }
}
