using System.Text;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Loop;

/// <summary>Follows the logs of an engine's nodes, so that what they said stands beside what their clients
/// saw
/// at the time. Lines are timed when they are read, a tenth of a second later at most: each engine writes
/// time
/// in a way of its own, and not all of them do.</summary>
internal sealed class LogTail(IReadOnlyList<EngineNode> nodes, ITraceSink sink)
{
    const int LongestLine = 240;

    // An engine that says more than this at once floods its log, and nobody reads that.
    const int MostBytes = 64 << 10;

    readonly long[] _read =
        [.. nodes.Select(node => File.Exists(node.Log) ? new FileInfo(node.Log).Length : 0)];

    /// <summary>Tells what was written since the last look.</summary>
    /// <param name="nowNs">Now, in ns of the run.</param>
    public void Look(long nowNs)
    {
        foreach (var node in nodes)
            foreach (var line in NewLines(node))
                sink.Noted(
                    nowNs, new(node.Index),
                    line.Length > LongestLine ? line[..LongestLine] + " …" : line);
    }

    IEnumerable<string> NewLines(EngineNode node)
    {
        if (!File.Exists(node.Log))
            return [];
        using var file = new FileStream(node.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var size = file.Length - _read[node.Index];
        if (size <= 0)
            return [];
        var bytes = new byte[Math.Min(size, MostBytes)];
        file.Position = file.Length - bytes.Length;
        var got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var end = Array.LastIndexOf(bytes, (byte)'\n', Math.Max(0, got - 1));
        if (end < 0)
            return [];
        _read[node.Index] = file.Position - got + end + 1;
        return Encoding.UTF8.GetString(bytes, 0, end)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
