using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>One operation is due.</summary>
/// <param name="DueNs">When, in ns of the run.</param>
/// <param name="Client">Whose it is, 0-based: what it asks and beside which node it stands depends on
/// that.</param>
public readonly record struct Arrival(long DueNs, int Client);

/// <summary>What arrivals depend on; nothing that happens in a run does.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Clients">How many clients there are; at least 1.</param>
/// <param name="RatePerSecond">Requests due a second, over all clients; above 0.</param>
/// <param name="DurationNs">Up to when operations are due, in ns.</param>
public readonly record struct LoadShape(Seed Seed, int Clients, double RatePerSecond, long DurationNs)
{
    /// <summary>The shape of a load.</summary>
    public static LoadShape Of(OfferedLoad load, Seed seed) =>
        new(seed, load.Clients, load.RatePerSecond, load.Duration.Ticks * 100);
}

/// <summary>
/// When operations are due, and whose they are: an open workload, which neither faults nor slow answers move.
/// </summary>
public abstract record Arrivals
{
    /// <summary>Poisson, each client's from a stream of its own, and each client sends its own one after the
    /// other.</summary>
    public static Arrivals PerClient { get; } = new PoissonArrivals();

    /// <summary>Nothing is due: there are only final reads.</summary>
    public static Arrivals None { get; } = new NoArrivals();

    /// <summary>The arrivals, in order of time; those that are not before the end of the load do not
    /// come.</summary>
    public abstract IEnumerable<Arrival> Of(LoadShape shape);

    /// <summary>How many clients can be busy at once.</summary>
    /// <param name="clients">How many the scenario names.</param>
    public virtual int MostClients(int clients) => clients;

    /// <summary>True when any idle client beside the same node may send what arrives; false when each
    /// sends its own.</summary>
    public virtual bool IsPooled => false;

    sealed record NoArrivals : Arrivals
    {
        public override IEnumerable<Arrival> Of(LoadShape shape) => [];
    }
}
