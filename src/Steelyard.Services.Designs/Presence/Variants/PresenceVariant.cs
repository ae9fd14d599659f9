using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Variants;

/// <summary>How it is known who is online, or what of that is missing.</summary>
internal sealed record PresenceVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly PresenceVariant s_leased = new(
        "leased",
        "leases of connections, heartbeats, reconnects that back off, pushes from where one stopped");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<PresenceVariant> All { get; } =
    [
        s_leased,
        s_leased.Wrong(
            "close-by-user", "the end of a connection takes its user offline, whichever he has now") with
        {
            ClosesByUser = true,
        },
        s_leased.Wrong("no-heartbeat", "a connection that fell silent counts as open") with
        {
            HasHeartbeat = false,
        },
        s_leased.Wrong("reconnect-at-once", "who was refused or cut off tries again at once") with
        {
            BacksOff = false,
        },
        s_leased.Wrong("push-without-resync", "who comes back is pushed what is new from then on") with
        {
            Resyncs = false,
        },
    ];

    /// <summary>Whether the end of a connection is noted without a look at which one it was.</summary>
    public bool ClosesByUser { get; init; }

    /// <summary>Whether a connection that is silent for too long is closed.</summary>
    public bool HasHeartbeat { get; init; } = true;

    /// <summary>Whether clients wait longer and longer, and not all alike, before they try again.</summary>
    public bool BacksOff { get; init; } = true;

    /// <summary>Whether who comes back is told what changed since he was there.</summary>
    public bool Resyncs { get; init; } = true;
}
