namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>Something of which there is only so much: workers, a pool of connections, the lock of a row, a
/// disk.</summary>
/// <param name="Part">Whose it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What it is called in a sentence: <c>db</c>, <c>the disk of db</c>.</param>
/// <param name="Use">How much of it is used, in words: <c>its 20 workers are 93 % at work</c>.</param>
/// <param name="Utilisation">The same as a share; 0 to 1, and above where more is asked of it than there
/// is.</param>
internal sealed record Resource(string Part, ResourceKind Kind, string Name, string Use, double Utilisation)
{
    // Nobody gets at the last percent: a worker is idle for a moment before its next request comes.
    const double Full = 0.97;

    /// <summary>The call whose connections it is; null where it is no pool.</summary>
    public Edge? Over { get; init; }

    /// <summary>The part that is called, where it is the pool of an edge; null elsewhere.</summary>
    public string? To => Over?.To;

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsFull => Utilisation >= Full;

    /// <summary>At how many times the load nothing would be left of it.</summary>
    public double FullAt => 1 / Utilisation;
}

/// <summary>Kinds of resources. Inside a part each may wait for those after it.</summary>
internal enum ResourceKind : byte
{
    /// <summary>Requests that it lets through.</summary>
    RateLimit,

    /// <summary>Workers.</summary>
    Workers,

    /// <summary>The lock of a row.</summary>
    Row,

    /// <summary>The log of a database.</summary>
    Log,

    /// <summary>A disk.</summary>
    Disk,

    /// <summary>Connections to another part, or what a queue hands on to it at once.</summary>
    Pool,
}
