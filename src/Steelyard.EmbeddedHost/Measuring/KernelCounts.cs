using System.Globalization;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>What the kernel has counted of this process: <c>/proc/self/io</c>.</summary>
/// <param name="Written">Bytes of the pages that it made dirty, less those of what was deleted before the
/// device had it (<c>write_bytes</c>).</param>
/// <param name="Told">Bytes that it gave to system calls (<c>wchar</c>).</param>
/// <param name="Fetched">Bytes that came from the device for it (<c>read_bytes</c>).</param>
/// <param name="Asked">Bytes that it had from system calls, also from memory (<c>rchar</c>).</param>
internal readonly record struct KernelCounts(long Written, long Told, long Fetched, long Asked)
{
    /// <summary>Reads them.</summary>
    public static KernelCounts Now()
    {
        var counts = File.ReadLines("/proc/self/io").Select(line => line.Split(": ")).ToDictionary(
            words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
        return new(
            counts["write_bytes"] - counts["cancelled_write_bytes"], counts["wchar"], counts["read_bytes"],
            counts["rchar"]);
    }

    /// <summary>What was added since.</summary>
    public static KernelCounts operator -(KernelCounts now, KernelCounts before) => new(
        now.Written - before.Written, now.Told - before.Told, now.Fetched - before.Fetched,
        now.Asked - before.Asked);
}
