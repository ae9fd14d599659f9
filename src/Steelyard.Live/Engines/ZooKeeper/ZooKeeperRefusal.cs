namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>ZooKeeper answered that it did not do what it was asked.</summary>
/// <param name="code">Its code, one of <c>KeeperException.Code</c>.</param>
internal sealed class ZooKeeperRefusal(int code) : Exception(Describe(code))
{
    /// <summary>A majority of the servers that are to be is not there.</summary>
    public const int NoQuorumOfNew = -13;

    /// <summary>The servers are being changed already.</summary>
    public const int ChangesAlready = -14;

    /// <summary>There is no such node.</summary>
    public const int NoNode = -101;

    /// <summary>The node has another version.</summary>
    public const int BadVersion = -103;

    /// <summary>The node is there already.</summary>
    public const int NodeExists = -110;

    /// <summary>The session is over.</summary>
    public const int SessionExpired = -112;

    // Above it are troubles of the system, which say nothing of what became of the request.
    const int FirstOfRequests = -100;

    /// <summary>Its code.</summary>
    public int Code => code;

    /// <summary>Whether it is certain that nothing was done.</summary>
    public bool IsCertain => code <= FirstOfRequests;

    static string Describe(int code) => code switch
    {
        NoNode => "no such node",
        BadVersion => "another version",
        NodeExists => "there already",
        SessionExpired => "session expired",
        _ => $"refused with {code}",
    };
}
