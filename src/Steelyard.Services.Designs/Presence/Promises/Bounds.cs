using Steelyard.Services.Designs.Presence.Api;

namespace Steelyard.Services.Designs.Presence.Promises;

/// <summary>How soon something is known: what the design promises, derived from its parts.</summary>
internal static class Bounds
{
    /// <summary>How far the clocks of the hosts may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    /// <summary>From the acknowledgement of a connection to
    /// its being seen by whoever looks or is pushed.</summary>
    public static readonly TimeSpan Seen = TimeSpan.FromSeconds(1);

    /// <summary>From the end of a connection to its user's being seen offline: the silence until the host
    /// takes note, or else the lease, and some time to tell.</summary>
    public static readonly TimeSpan Gone =
        HeartbeatKeeper.Silence + Registry.Lease + Skew + TimeSpan.FromSeconds(1.5);

    /// <summary>From the end of a disturbance to when what it left behind is found: half-open connections
    /// and lost leases, and all that a slow host has before it.</summary>
    public static readonly TimeSpan Recovery = HeartbeatKeeper.Silence + TimeSpan.FromSeconds(4);

    /// <summary>For how long a user who wants to be connected may not be, in the calm.</summary>
    public static readonly TimeSpan Connected = TimeSpan.FromSeconds(12);

    /// <summary>In ns.</summary>
    public static long Ns(this TimeSpan time) => time.Ticks * 100;
}
