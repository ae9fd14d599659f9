using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence;

/// <summary>How it is known who is online, or what of that is missing.</summary>
public sealed class PresenceVariant : DesignVariant
{
    PresenceVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<PresenceVariant> All { get; } =
    [
        new("leased", true,
            "leases of connections, heartbeats, reconnects that back off, pushes from where one stopped"),
        new("close-by-user", false, "the end of a connection takes its user offline, whichever he has now")
        {
            ClosesByUser = true,
        },
        new("no-heartbeat", false, "a connection that fell silent counts as open") { HasHeartbeat = false },
        new("reconnect-at-once", false, "who was refused or cut off tries again at once")
        {
            BacksOff = false,
        },
        new("push-without-resync", false, "who comes back is pushed what is new from then on")
        {
            Resyncs = false,
        },
    ];

    /// <summary>Whether the end of a connection is noted without a look at which one it was.</summary>
    internal bool ClosesByUser { get; private init; }

    /// <summary>Whether a connection that is silent for too long is closed.</summary>
    internal bool HasHeartbeat { get; private init; } = true;

    /// <summary>Whether clients wait longer and longer, and not all alike, before they try again.</summary>
    internal bool BacksOff { get; private init; } = true;

    /// <summary>Whether who comes back is told what changed since he was there.</summary>
    internal bool Resyncs { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static PresenceVariant Find(string name) => Find(All, name);
}
