using System.Text.Json;

namespace Steelyard.Live.Amplification;

/// <summary>A part of a trial: what was asked, and what the kernel counted of the store's process
/// meanwhile.</summary>
/// <param name="Name"><c>load</c>, <c>update</c>, <c>read-cold</c>, <c>read-warm</c>, <c>scan-cold</c> or
/// <c>scan-warm</c>.</param>
/// <param name="Records">How many records were written or read.</param>
/// <param name="Bytes">How many bytes these have, with their keys.</param>
/// <param name="Seconds">How long it took, without what the store put off.</param>
internal sealed record StorePhase(string Name, long Records, long Bytes, double Seconds)
{
    /// <summary>Bytes that it gave to system calls, with what it put off (<c>wchar</c>).</summary>
    public required long ToldBytes { get; init; }

    /// <summary>Bytes of the pages that it made dirty (<c>write_bytes</c>). Where a page of the kernel is
    /// larger than what is written, this is more than the device gets.</summary>
    public required long DirtyBytes { get; init; }

    /// <summary>Bytes that came from the device for it (<c>read_bytes</c>).</summary>
    public required long FetchedBytes { get; init; }

    /// <summary>Bytes that the device was given meanwhile, by whoever it was; null where nobody counts
    /// them.</summary>
    public required long? DeviceBytes { get; init; }

    /// <summary>How long its files are afterwards.</summary>
    public required long FileBytes { get; init; }

    /// <summary>What the store has counted itself, by name.</summary>
    public required IReadOnlyDictionary<string, long> Own { get; init; }

    /// <summary>Bytes written for each byte that was to be written: what the store told the kernel.</summary>
    public double WriteAmplification => (double)ToldBytes / Bytes;

    /// <summary>Bytes that came from the device for each byte that was asked for.</summary>
    public double ReadAmplification => (double)FetchedBytes / Bytes;

    /// <summary>Records a second.</summary>
    public double PerSecond => Records / Seconds;

    /// <summary>Reads a line of the host; null where it tells only how far it is.</summary>
    public static StorePhase? Of(JsonElement line)
    {
        if (!line.TryGetProperty("phase", out var name))
            return null;
        long Count(string of) => line.GetProperty(of).GetInt64();
        var seconds = line.GetProperty("seconds").GetDouble();
        return new(name.GetString()!, Count("records"), Count("bytes"), seconds)
        {
            ToldBytes = Count("told"), DirtyBytes = Count("written"), FetchedBytes = Count("fetched"),
            DeviceBytes = line.TryGetProperty("device", out var device) ? device.GetInt64() : null,
            FileBytes = Count("files"),
            Own = line.GetProperty("own").EnumerateObject().ToDictionary(
                count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal),
        };
    }
}
