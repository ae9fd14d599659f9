namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What is full at once, told apart: what is full for itself, and what is full only since it waits for that.
/// What users wait for is told before what nobody waits for, and what holds up more before what holds up
/// less.
/// </summary>
internal sealed class FullResources
{
    /// <summary>Tells them apart.</summary>
    /// <param name="ranked">All that is full, the most used first.</param>
    /// <param name="waits">Who waits for what.</param>
    public FullResources(IReadOnlyList<Resource> ranked, WhoWaits waits)
    {
        var left = ranked.ToList();
        Groups =
        [
            .. ranked.Where(one => !ranked.Any(other => other != one && waits.IsHeldUp(one, other)))
                .Select(one => new FullGroup(
                    one, [.. ranked.Where(other => other != one && waits.IsHeldUp(other, one))]))
                .OrderByDescending(group => waits.IsOnTheWay(group.Full))
                .ThenByDescending(group => group.HeldUp.Count)
                .Select(group => group with { HeldUp = [.. group.HeldUp.Where(left.Remove)] }),
        ];
    }

    /// <summary>Each that is full for itself, with what is full for want of it; nothing stands
    /// twice.</summary>
    public IReadOnlyList<FullGroup> Groups { get; }
}

/// <summary>Something that is full for itself, and what waits for it.</summary>
/// <param name="Full">What is full.</param>
/// <param name="HeldUp">What is full as well, since it waits for that.</param>
internal sealed record FullGroup(Resource Full, IReadOnlyList<Resource> HeldUp);
