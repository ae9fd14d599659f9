using Steelyard.Services.Designs.Presence.Api;
using Steelyard.Services.Designs.Presence.Devices;

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

    /// <summary>From the end of a disturbance to when what it left behind is found: connections that are
    /// half-open, leases that were lost, and a second until it is told.</summary>
    public static readonly TimeSpan Recovery =
        HeartbeatKeeper.Silence + Registry.Lease + TimeSpan.FromSeconds(1);

    /// <summary>For how long a user who wants to be connected may not be, in the calm: as long as the host
    /// may wait for a registry that is no longer there, and then twice the longest pause and an attempt.
    /// The first may be refused, since all the others come as well; the second is let in.</summary>
    public static readonly TimeSpan Connected =
        Registry.Patience + (2 * (PresenceClient.LongestPause + DeviceLink.Patience));

    /// <summary>In ns.</summary>
    public static long Ns(this TimeSpan time) => time.Ticks * 100;
}
