namespace Steelyard.Analysis.Measurements;

/// <summary>What became of a request that was due.</summary>
public enum RequestEnd : byte
{
    /// <summary>Answered without error within the limit.</summary>
    Answered,

    /// <summary>Answered without error, and later than that.</summary>
    Late,

    /// <summary>Refused, or ended in an error.</summary>
    Refused,

    /// <summary>Of unknown outcome: it timed out or never ended.</summary>
    Unknown,

    /// <summary>Never sent: its client was still busy when it was given up.</summary>
    NeverSent,
}
