using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// Many timers that mostly wait equally long, and of which most are not needed when they fire (time limits):
/// those of one length stand in a line behind one timer of the world.
/// </summary>
internal sealed class FixedTimers(IEndpointWorld world, Action<Ticket> fire)
{
    readonly Ring<(long DueNs, Ticket Ticket)> _line = new();
    TimeSpan _length = TimeSpan.MinValue;
    Action? _fireDue;
    bool _isSet;

    /// <summary>Fires after a while.</summary>
    public void Add(TimeSpan after, Ticket ticket)
    {
        if (_length == TimeSpan.MinValue)
            _length = after;
        if (after != _length)
        {
            world.SetTimer(after, () => fire(ticket));
            return;
        }

        _line.AddLast((world.Clock.GetTimestamp() + (after.Ticks * 100), ticket));
        if (!_isSet)
            Set(after);
    }

    /// <summary>Drops those that stand in line.</summary>
    public void Clear() => _line.Clear();

    void Set(TimeSpan after)
    {
        _isSet = true;
        world.SetTimer(after, _fireDue ??= FireDue);
    }

    void FireDue()
    {
        var nowNs = world.Clock.GetTimestamp();
        // What fires may add others: the timer of the world is set for the first of them only after that.
        while (_line.Count > 0 && _line.First.DueNs <= nowNs)
            fire(_line.TakeFirst().Ticket);
        _isSet = false;
        if (_line.Count > 0)
            Set(TimeSpan.FromTicks((_line.First.DueNs - nowNs + 99) / 100));
    }
}
