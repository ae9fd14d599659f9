namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>The orders besides data that a cycle may use; the name's ending says which.</summary>
/// <param name="Suffix">What the anomaly's name ends in.</param>
/// <param name="Kinds">The edges.</param>
internal sealed record OrderVariant(string Suffix, EdgeKinds Kinds)
{
    /// <summary>Data alone; with the order of each process; with real time.</summary>
    public static IReadOnlyList<OrderVariant> All { get; } =
    [
        new("", EdgeKinds.None), new("-process", EdgeKinds.Process), new("-realtime", EdgeKinds.Realtime),
    ];
}

/// <summary>What a walk must be to be a cycle of some kind: a little machine that reads the kinds of its
/// edges.</summary>
internal abstract class WalkRule
{
    /// <summary>The state after the first edge, which the walk is sought from.</summary>
    public abstract int Start { get; }

    /// <summary>How many states there are.</summary>
    public abstract int States { get; }

    /// <summary>The state after an edge, or -1 when it may not be used.</summary>
    public abstract int Next(int state, EdgeKinds kind);

    /// <summary>True when a walk that came back in this state is of the kind.</summary>
    public abstract bool Accepts(int state);
}

/// <summary>Only edges of some kinds after the first.</summary>
internal sealed class PlainWalk(EdgeKinds kinds) : WalkRule
{
    public override int Start => 0;

    public override int States => 1;

    public override int Next(int state, EdgeKinds kind) =>
        kind == EdgeKinds.Onward || (kind & kinds) != EdgeKinds.None ? 0 : -1;

    public override bool Accepts(int state) => true;
}

/// <summary>A cycle that snapshot isolation forbids: no two anti-dependencies are adjacent.</summary>
/// <param name="plain">The other edges it may use.</param>
/// <param name="first">The kind of the first edge.</param>
internal sealed class SnapshotWalk(EdgeKinds plain, EdgeKinds first) : WalkRule
{
    // 1 after an anti-dependency.
    public override int Start => first == EdgeKinds.Rw ? 1 : 0;

    public override int States => 2;

    public override int Next(int state, EdgeKinds kind)
    {
        if (kind == EdgeKinds.Onward)
            return state;
        if (kind == EdgeKinds.Rw)
            return state == 1 ? -1 : 1;
        return (kind & plain) != EdgeKinds.None ? 0 : -1;
    }

    public override bool Accepts(int state) => state == 0 || Start == 0;
}

/// <summary>A cycle that prefix consistency forbids: before each anti-dependency stands an edge that lets its
/// reader see.</summary>
/// <param name="seen">The edges that let see.</param>
/// <param name="first">The kind of the first edge.</param>
internal sealed class PrefixWalk(EdgeKinds seen, EdgeKinds first) : WalkRule
{
    // 2 after an edge that lets see.
    public override int Start => (first & seen) != EdgeKinds.None ? 2 : 0;

    public override int States => 3;

    public override int Next(int state, EdgeKinds kind)
    {
        if (kind == EdgeKinds.Onward)
            return state;
        if (kind == EdgeKinds.Rw)
            return state == 2 ? 0 : -1;
        return (kind & seen) != EdgeKinds.None ? 2 : 0;
    }

    public override bool Accepts(int state) => first != EdgeKinds.Rw || state == 2;
}

/// <summary>Several anti-dependencies, no two adjacent; the first edge is one.</summary>
internal sealed class NonadjacentWalk(EdgeKinds plain) : WalkRule
{
    // Bit 0: the last edge was an anti-dependency. Bit 1: there were several.
    public override int Start => 1;

    public override int States => 4;

    public override int Next(int state, EdgeKinds kind)
    {
        if (kind == EdgeKinds.Onward)
            return state;
        if (kind == EdgeKinds.Rw)
            return (state & 1) != 0 ? -1 : 3;
        return (kind & plain) != EdgeKinds.None ? state & 2 : -1;
    }

    public override bool Accepts(int state) => state == 2;
}

/// <summary>Two adjacent anti-dependencies somewhere; the first edge is one.</summary>
internal sealed class AdjacentWalk(EdgeKinds plain) : WalkRule
{
    // Bit 0: the last edge was an anti-dependency. Bit 1: two were adjacent.
    public override int Start => 1;

    public override int States => 4;

    public override int Next(int state, EdgeKinds kind)
    {
        if (kind == EdgeKinds.Onward)
            return state;
        if (kind == EdgeKinds.Rw)
            return (state & 1) != 0 ? 3 : state | 1;
        return (kind & plain) != EdgeKinds.None ? state & 2 : -1;
    }

    public override bool Accepts(int state) => state != 0;
}
