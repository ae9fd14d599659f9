namespace Steelyard.Worlds.Faults;

/// <summary>What a node can do that not every node can, and that some faults are about. All nodes can crash,
/// be held still, be slow, have clocks and links.</summary>
[Flags]
public enum NodeAbilities : byte
{
    /// <summary>None of it.</summary>
    None = 0,

    /// <summary>It can be told to stop in good order.</summary>
    Drain = 1,

    /// <summary>Its disk can be full: a write that is refused reaches it.</summary>
    DiskFull = 1 << 1,

    /// <summary>It waits for its disk.</summary>
    DiskSlow = 1 << 2,

    /// <summary>It reads back from its disk what was saved there, damaged too.</summary>
    DiskCorrupt = 1 << 3,

    /// <summary>Its writes can land at another place of their file.</summary>
    DiskMisdirect = 1 << 4,

    /// <summary>It can lose its disk.</summary>
    DiskLost = 1 << 5,

    /// <summary>A crash can leave a part of what it was writing.</summary>
    DiskTorn = 1 << 6,

    /// <summary>The cluster that it keeps with others can be changed while it serves.</summary>
    Membership = 1 << 7,

    /// <summary>Everything it keeps is on a disk of its world.</summary>
    Disk = DiskFull | DiskSlow | DiskCorrupt | DiskMisdirect | DiskLost | DiskTorn,
}
