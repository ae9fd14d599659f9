using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Driving;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Scenarios;

/// <summary>Who asks what of the hosts.</summary>
/// <param name="CreateWorkload">Makes the workload, for each run.</param>
/// <param name="CreateClient">Makes a client for each process, from what it may touch and the names of the
/// hosts; see <see cref="Clients.HttpServiceClient"/>.</param>
public record ServicesLoad(
    Func<IWorkload> CreateWorkload, Func<IClientWorld, IReadOnlyList<string>, IClient> CreateClient)
{
    /// <summary>How many clients; at least 1.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Requests a second that are due, over all clients; above 0. Sessions are none.</summary>
    public double RatePerSecond { get; init; } = 50;

    /// <summary>When operations are due, and whose they are.</summary>
    public Arrivals Arrivals { get; init; } = Arrivals.PerClient;

    /// <summary>How long operations arrive.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The same, once the hosts are known.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <exception cref="UserMistakeException">It does not fit them.</exception>
    internal virtual ServicesLoad On(DrivenHosts hosts) => this;
}
