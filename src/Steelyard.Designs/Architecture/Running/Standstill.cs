using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Times in which an instance stands still (garbage collection): what it works at is done that much
/// later.</summary>
internal sealed class Standstill(INodeWorld world, StationPart part)
{
    long _endsNs = long.MinValue;

    /// <summary>How long it has stood still, or will have when the present time is over.</summary>
    public long TotalNs { get; private set; }

    /// <summary>How long it still stands still; 0 where it does not.</summary>
    public long RemainingNs => _endsNs == long.MinValue
        ? 0 : Math.Max(0, _endsNs - world.Clock.GetTimestamp());

    public void Begin()
    {
        if (part.PauseEvery is { } every)
            // Instances do not collect at the same time.
            world.SetTimer(world.Random.Between(TimeSpan.Zero, every), Stand);
    }

    void Stand()
    {
        _endsNs = world.Clock.GetTimestamp() + (part.PauseFor.Ticks * 100);
        TotalNs += part.PauseFor.Ticks * 100;
        world.SetTimer(part.PauseFor + part.PauseEvery!.Value, Stand);
    }
}
