namespace Steelyard.Services.Designs.Presence.Devices;

/// <summary>What links of a device may use of it.</summary>
internal interface IDevice
{
    /// <summary>Its clock.</summary>
    TimeProvider Clock { get; }

    /// <summary>Sends requests.</summary>
    HttpClient Requests { get; }

    /// <summary>Opens a WebSocket.</summary>
    Task<System.Net.WebSockets.ClientWebSocket> OpenSocket(Uri address, CancellationToken cancellation);
}

/// <summary>A connection of a device to one host, by one of the two protocols.</summary>
/// <param name="device">Whose it is.</param>
/// <param name="history">Where to note what is heard.</param>
internal abstract class DeviceLink(IDevice device, PresenceHistory history) : IDisposable
{
    /// <summary>How long a host may take to let one in.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    /// <summary>Whose it is.</summary>
    protected IDevice Device { get; } = device;

    /// <summary>Where to note what is heard.</summary>
    protected PresenceHistory History { get; } = history;

    /// <summary>Connects, and stays connected until a task ends.</summary>
    /// <returns>False where it was refused, or broke before.</returns>
    public abstract Task<bool> Run(Visit visit, Task until);

    /// <summary>Says that it is over.</summary>
    public abstract Task Leave();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>A token that is cancelled after a while.</summary>
    protected CancellationTokenSource After(TimeSpan limit) => new(limit, Device.Clock);
}

/// <summary>A connection to be.</summary>
/// <param name="Host">To whom.</param>
/// <param name="Connection">Its number.</param>
/// <param name="User">Who comes.</param>
/// <param name="Users">How many users there are.</param>
internal sealed record Visit(string Host, long Connection, int User, int Users)
{
    /// <summary>As the query of an address.</summary>
    public string Query(long since) => $"user={User}&users={Users}&since={since}";
}
