using Steelyard.Histories;

namespace Steelyard.Worlds.Faults;

/// <summary>Something a plan says of a fault: how it is written, read, and what it means.</summary>
/// <param name="Key">Its word in plans.</param>
/// <param name="Shape">What may stand there: <c>a duration</c>.</param>
/// <param name="Meaning">What it is, in a few words.</param>
public sealed record FaultField(string Key, string Shape, string Meaning)
{
    /// <summary>What holds where the plan does not say; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>True where a plan need not say it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True where it names the nodes that are hit, or the groups that are parted: what a history
    /// tells of every fault.</summary>
    public bool IsHit { get; init; }

    /// <summary>What a fault says there, as a plan says it; nil is nothing.</summary>
    public required Func<Fault, Value> ValueIn { get; init; }

    /// <summary>Takes what a plan says there into a fault.</summary>
    public required Func<Fault, IPlanValue, IReadOnlyList<string>, Fault> Read { get; init; }

    /// <summary>The names of nodes it mentions.</summary>
    public Func<Fault, IEnumerable<string>> NamesIn { get; init; } = static _ => [];

    /// <summary>Puts a node's name in place of <c>leader</c>.</summary>
    public Func<Fault, string, Fault> WithLeader { get; init; } = static (fault, _) => fault;

    /// <summary>True where a plan must say it.</summary>
    public bool IsNeeded => Default is null && !IsOptional;
}
