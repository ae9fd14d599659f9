using Steelyard.Services.Networking;

namespace Steelyard.Services.Caches;

/// <summary>What is asked of a cache.</summary>
internal enum CacheRequestKind : byte
{
    /// <summary>The value of a key, which counts as a use.</summary>
    Get,

    /// <summary>Sets a key.</summary>
    Set,

    /// <summary>Counts as a use of a key.</summary>
    Refresh,

    /// <summary>Removes a key.</summary>
    Remove,
}

/// <summary>One request.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">What it is set to; empty for other requests.</param>
/// <param name="ExpiresAt">When it is forgotten; null is never.</param>
/// <param name="ExpiresIn">The same from when the cache takes it; null is never.</param>
/// <param name="Sliding">For how long it is kept unused; null is for ever.</param>
internal sealed record CacheRequest(
    CacheRequestKind Kind, string Key, byte[] Value, DateTimeOffset? ExpiresAt = null,
    TimeSpan? ExpiresIn = null, TimeSpan? Sliding = null);

/// <summary>The answer.</summary>
/// <param name="IsPrimary">False when this host does nothing for clients now.</param>
/// <param name="Value">What was asked for; null where there is none.</param>
internal sealed record CacheAnswer(bool IsPrimary, byte[]? Value = null);

/// <summary>Requests and answers as bytes; each is preceded by its length when it travels.</summary>
internal static class CacheWords
{
    /// <summary>A request as bytes.</summary>
    public static byte[] Of(CacheRequest request) => Frames.Of(writer =>
    {
        writer.Write((byte)request.Kind);
        writer.Write(request.Key);
        Write(writer, request.Value);
        writer.Write(request.ExpiresAt?.UtcTicks ?? -1);
        writer.Write(request.ExpiresIn?.Ticks ?? -1);
        writer.Write(request.Sliding?.Ticks ?? -1);
    });

    /// <summary>An answer as bytes.</summary>
    public static byte[] Of(CacheAnswer answer) => Frames.Of(writer =>
    {
        writer.Write(answer.IsPrimary);
        writer.Write(answer.Value is not null);
        Write(writer, answer.Value ?? []);
    });

    /// <summary>The request in a frame.</summary>
    public static CacheRequest Request(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var (kind, key, value) = ((CacheRequestKind)reader.ReadByte(), reader.ReadString(), Read(reader));
        var (at, within, sliding) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new(
            kind, key, value, at < 0 ? null : new DateTimeOffset(at, TimeSpan.Zero), Span(within),
            Span(sliding));
    }

    /// <summary>The answer in a frame.</summary>
    public static CacheAnswer Answer(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var (isPrimary, isFound, value) = (reader.ReadBoolean(), reader.ReadBoolean(), Read(reader));
        return new(isPrimary, isFound ? value : null);
    }

    static TimeSpan? Span(long ticks) => ticks < 0 ? null : TimeSpan.FromTicks(ticks);

    static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    static byte[] Read(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());
}
