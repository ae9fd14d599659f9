namespace Steelyard.Histories.Measuring;

/// <summary>Which way a measurement is better.</summary>
public enum Direction : byte
{
    /// <summary>Neither: it says how much there was.</summary>
    Neither,

    /// <summary>Answers a second.</summary>
    MoreIsBetter,

    /// <summary>Latency.</summary>
    LessIsBetter,
}
