namespace Steelyard.Worlds.Faults;

/// <summary>A node with which something can go wrong without its being down.</summary>
public interface IDegradableNode
{
    /// <summary>Begins it.</summary>
    /// <param name="how">What goes wrong, in the word of a fault.</param>
    /// <param name="by">How much.</param>
    /// <param name="effect">To be set when it goes another way for it.</param>
    /// <returns>What ends it; null where it has no extent, or where this node does not know it.</returns>
    Action? Degrade(string how, double by, EffectMark effect);
}
