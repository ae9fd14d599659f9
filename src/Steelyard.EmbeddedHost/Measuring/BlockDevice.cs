using System.Globalization;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>The device that a folder is on, and what the kernel has counted of it: of all
/// processes.</summary>
internal sealed class BlockDevice
{
    const int SectorBytes = 512;
    const int SectorsWritten = 6;

    readonly string _counts;

    BlockDevice(string counts) => _counts = counts;

    /// <summary>Bytes that were written to it since the machine was started.</summary>
    public long Written => SectorBytes * long.Parse(
        File.ReadAllText(_counts).Split(' ', StringSplitOptions.RemoveEmptyEntries)[SectorsWritten],
        CultureInfo.InvariantCulture);

    /// <summary>The device of a folder; null where there is none, as in memory or below another file system.
    /// </summary>
    public static BlockDevice? Of(string folder)
    {
        // Its number is the third word of a line, and where it is mounted the fifth.
        var mount = File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' '))
            .Where(words => IsWithin(folder, words[4])).MaxBy(words => words[4].Length);
        var counts = $"/sys/dev/block/{mount?[2]}/stat";
        return File.Exists(counts) ? new(counts) : null;
    }

    static bool IsWithin(string folder, string mount) =>
        mount == "/" || folder == mount || folder.StartsWith(mount + "/", StringComparison.Ordinal);
}
