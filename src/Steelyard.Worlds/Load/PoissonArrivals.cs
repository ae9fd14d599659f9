using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>
/// Poisson arrivals, each client's from a stream of its own. Some clients may come for sessions instead of
/// requests: they have no share of the rate, which counts requests only.
/// </summary>
public sealed record PoissonArrivals : Arrivals
{
    /// <summary>How many clients, the first ones, come for sessions; below the number of clients.</summary>
    public int SessionClients { get; init; }

    /// <summary>Mean time until such a client's first session is due.</summary>
    public TimeSpan MeanToFirstSession { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Mean time between its sessions' due times.</summary>
    public TimeSpan MeanBetweenSessions { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">Nobody is left for requests, or sessions have no time between
    /// them.</exception>
    public override IEnumerable<Arrival> Of(LoadShape shape)
    {
        if (SessionClients < 0 || SessionClients >= shape.Clients)
            throw new UserMistakeException(
                $"session clients: expected 0 to {shape.Clients - 1}, found {SessionClients}");
        if (MeanToFirstSession <= TimeSpan.Zero || MeanBetweenSessions <= TimeSpan.Zero)
            throw new UserMistakeException(
                "sessions: expected mean times above 0s, found"
                + $" {Durations.Format(MeanToFirstSession)} and {Durations.Format(MeanBetweenSessions)}");
        return Merged(shape);
    }

    IEnumerable<Arrival> Merged(LoadShape shape)
    {
        var next = new PriorityQueue<(int Client, SeededRandom Random), (long DueNs, int Client)>();
        for (var client = 0; client < shape.Clients; client++)
        {
            var random = new SeededRandom(shape.Seed, "arrivals", client);
            next.Enqueue((client, random), (GapNs(shape, client, isFirst: true, random), client));
        }

        while (next.TryPeek(out var one, out var due) && due.DueNs < shape.DurationNs)
        {
            yield return new(due.DueNs, one.Client);
            var gapNs = GapNs(shape, one.Client, isFirst: false, one.Random);
            next.DequeueEnqueue(one, (due.DueNs + gapNs, one.Client));
        }
    }

    long GapNs(LoadShape shape, int client, bool isFirst, SeededRandom random)
    {
        var meanSeconds = client >= SessionClients
            ? (shape.Clients - SessionClients) / shape.RatePerSecond
            : (isFirst ? MeanToFirstSession : MeanBetweenSessions).TotalSeconds;
        return TimeSpan.FromSeconds(random.Exponential(meanSeconds)).Ticks * 100;
    }
}
