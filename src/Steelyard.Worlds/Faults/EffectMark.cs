namespace Steelyard.Worlds.Faults;

/// <summary>
/// Whether a fault that was let happen did anything. A world sets it at the moment something went another way
/// because of the fault; a fault whose mark is never set stands in the history as one without effect.
/// </summary>
public sealed class EffectMark
{
    /// <summary>True once it did something.</summary>
    public bool IsSet { get; private set; }

    /// <summary>It did something.</summary>
    public void Set() => IsSet = true;
}
