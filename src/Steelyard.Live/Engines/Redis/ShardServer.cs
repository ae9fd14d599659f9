using System.Globalization;
using System.Net;

namespace Steelyard.Live.Engines.Redis;

/// <summary>A server of a Redis Cluster, as another one tells of it.</summary>
/// <param name="Id">Its name among them, drawn when it began with nothing.</param>
/// <param name="Address">Where it is asked.</param>
/// <param name="Primary">The name of the one that it follows; null for a primary.</param>
/// <param name="Slots">The slots that it owns.</param>
internal sealed record ShardServer(string Id, IPEndPoint Address, string? Primary, IReadOnlyList<int> Slots)
{
    /// <summary>Those that <c>CLUSTER NODES</c> tells of, whose place is known and who have met.</summary>
    /// <remarks>https://redis.io/docs/latest/commands/cluster-nodes/.</remarks>
    public static IReadOnlyList<ShardServer> In(string told) =>
    [
        .. told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Where(words => !words[2].Contains("handshake", StringComparison.Ordinal)
                && !words[2].Contains("noaddr", StringComparison.Ordinal))
            .Select(words => new ShardServer(
                words[0], IPEndPoint.Parse(words[1].Split('@')[0]),
                words[2].Contains("slave", StringComparison.Ordinal) ? words[3] : null,
                [.. words.Skip(8).Where(word => word[0] != '[').SelectMany(Range)])),
    ];

    // 5460, or 0-5460; what is on its way stands in brackets.
    static IEnumerable<int> Range(string word)
    {
        var ends = word.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
