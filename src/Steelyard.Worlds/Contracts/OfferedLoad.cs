using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Contracts;

/// <summary>The load on a design, whether or not the design keeps up with it.</summary>
public sealed record OfferedLoad
{
    /// <summary>Makes the workload, for each run.</summary>
    public required Func<IWorkload> CreateWorkload { get; init; }

    /// <summary>Clients; each stands beside the node of its number, round and round.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Requests a second that are due, over all clients (an open workload: they are due whether or
    /// not the system keeps up). Sessions are none.</summary>
    public double RatePerSecond { get; init; } = 100;

    /// <summary>When operations are due, and whose they are.</summary>
    public Arrivals Arrivals { get; init; } = Arrivals.PerClient;

    /// <summary>How many clients can be busy at once.</summary>
    public int MostClients => Arrivals.MostClients(Clients);

    /// <summary>How long operations arrive.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Quiet time between the heal of everything and the final reads.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);
}
