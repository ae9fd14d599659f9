namespace Steelyard.Analysis.Measurements;

/// <summary>What became of some requests, each from when it was due.</summary>
/// <param name="Answered">Answered without error within the limit.</param>
/// <param name="Late">Answered without error, and later than that.</param>
/// <param name="Refused">Refused, or ended in an error.</param>
/// <param name="Unknown">Of unknown outcome.</param>
/// <param name="NeverSent">Due, and never sent.</param>
public sealed record RequestCounts(long Answered, long Late, long Refused, long Unknown, long NeverSent)
{
    /// <summary>No requests.</summary>
    public static RequestCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All that were due.</summary>
    public long Due => Answered + Late + Refused + Unknown + NeverSent;

    /// <summary>Answered without error, however late.</summary>
    public long AnsweredEver => Answered + Late;

    /// <summary>Share answered within the limit, from 0 to 1; NaN where nothing was due.</summary>
    public double Share => Due == 0 ? double.NaN : (double)Answered / Due;

    internal RequestCounts Plus(RequestCounts other) => new(
        Answered + other.Answered, Late + other.Late, Refused + other.Refused, Unknown + other.Unknown,
        NeverSent + other.NeverSent);

    internal static RequestCounts Of(ReadOnlySpan<long> byEnd) =>
        new(byEnd[0], byEnd[1], byEnd[2], byEnd[3], byEnd[4]);
}
