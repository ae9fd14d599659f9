using System.Text.Json;

namespace Steelyard.Live.Engines.Nats;

/// <summary>Servers that agree by Raft, as one of them tells: those who keep a stream, or all of
/// JetStream.</summary>
/// <param name="Leader">The name of who leads; null where nobody does.</param>
/// <param name="Members">The names of all.</param>
/// <param name="Current">The names of those who are up to date, the leader among them.</param>
internal sealed record NatsGroup(
    string? Leader, IReadOnlyList<string> Members, IReadOnlyList<string> Current)
{
    /// <summary>One that was told.</summary>
    public static NatsGroup Of(JsonElement told)
    {
        var leader = told.TryGetProperty("leader", out var name) && name.GetString() is { Length: > 0 } known
            ? known : null;
        IEnumerable<JsonElement> replicas =
            told.TryGetProperty("replicas", out var others) ? others.EnumerateArray() : [];
        IReadOnlyList<string> leading = leader is null ? [] : [leader];
        return new(
            leader, [.. leading, .. replicas.Select(Name)],
            [.. leading, .. replicas.Where(one => one.GetProperty("current").GetBoolean()).Select(Name)]);
    }

    /// <summary>Whether its leader told it: one who follows names all but itself, and does not know who is up
    /// to date.</summary>
    public bool IsToldByLeader => Leader is not null && Members.Count(one => one == Leader) == 1;

    /// <summary>Whether a majority of those who stay is up to date once one has left.</summary>
    public bool CanSpare(string server) =>
        Current.Count(one => one != server) > Members.Count(one => one != server) / 2;

    static string Name(JsonElement replica) => replica.GetProperty("name").GetString()!;
}
