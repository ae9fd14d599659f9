namespace Steelyard.Worlds.Load;

/// <summary>What became of the requests of a load: those due before it ended. Final reads and the lives of
/// sessions are none.</summary>
public sealed record LoadCounts
{
    /// <summary>Requests that were due.</summary>
    public long Due { get; init; }

    /// <summary>Of those, the ones that were sent; for the others their clients had no time.</summary>
    public long Sent { get; init; }

    /// <summary>Of those, the ones that were answered without error, whenever.</summary>
    public long Answered { get; init; }

    /// <summary>Sessions that were due.</summary>
    public long Sessions { get; init; }

    /// <summary>Operations that clients held back for reasons of their own until the load ended: they were
    /// never due.</summary>
    public long HeldBack { get; init; }
}
