using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>
/// Poisson arrivals that are not tied to a client's process: any idle one beside the same node serves them,
/// and where none is idle a new one does, up to a limit; beyond it they wait for the first that is free.
/// </summary>
/// <param name="Most">How many clients there may be in all; at least as many as nodes.</param>
public sealed record PooledArrivals(int Most) : Arrivals
{
    /// <inheritdoc/>
    public override bool IsPooled => true;

    /// <inheritdoc/>
    public override int MostClients(int clients) => Math.Max(Most, clients);

    /// <inheritdoc/>
    public override IEnumerable<Arrival> Of(LoadShape shape)
    {
        var random = new SeededRandom(shape.Seed, "pooled-arrivals");
        var dueNs = 0L;
        for (var number = 0L; ; number++)
        {
            dueNs += TimeSpan.FromSeconds(random.Exponential(1 / shape.RatePerSecond)).Ticks * 100;
            if (dueNs >= shape.DurationNs)
                yield break;
            yield return new(dueNs, (int)(number % shape.Clients));
        }
    }
}
