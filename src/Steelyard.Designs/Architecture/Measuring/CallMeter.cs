using Steelyard.Designs.Architecture.Running;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is counted of an edge, over all instances that call.</summary>
/// <param name="open">How many calls are open, where something limits that; null where nothing does.</param>
internal sealed class CallMeter(Occupancy? open = null)
{
    /// <summary>Calls that are open, over time; null where nothing limits them.</summary>
    public Occupancy? Open => open;

    /// <summary>Calls.</summary>
    public long Calls { get; private set; }

    /// <summary>Attempts of all calls.</summary>
    public long Attempts { get; private set; }

    /// <summary>Of those, the ones after the first.</summary>
    public long Again { get; private set; }

    /// <summary>Of those, the ones sent beside one that was not answered yet.</summary>
    public long Hedges { get; private set; }

    /// <summary>How often a circuit breaker opened.</summary>
    public long BreakerOpened { get; private set; }

    /// <summary>How calls ended; see <see cref="CallStatuses"/>.</summary>
    public long[] Ends { get; } = new long[CallStatuses.Words.Count];

    public void Called() => Calls++;

    public void Tried(bool isRetry)
    {
        Attempts++;
        Again += isRetry ? 1 : 0;
    }

    public void Hedged() => Hedges++;

    public void Opened() => BreakerOpened++;

    public void Ended(CallStatus status) => Ends[(int)status]++;
}
