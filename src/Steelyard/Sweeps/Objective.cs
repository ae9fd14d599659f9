using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Sweeps;

/// <summary>What a sweep wants of its points: a measurement of the run, as small or as large as can
/// be.</summary>
/// <param name="Id">The measurement's id: <c>latency-p99</c>.</param>
/// <param name="Asked">What the user wrote for it: <c>p99</c>.</param>
/// <param name="Better">Which way is better; null is the measurement's own.</param>
internal sealed record Objective(string Id, string Asked, Direction? Better)
{
    /// <summary>Reads <c>p99:min</c>, <c>availability-minority:max</c>, or <c>p99</c> alone, which goes the
    /// way that is better for it.</summary>
    /// <exception cref="UserMistakeException">It is none of these.</exception>
    public static Objective Parse(string text)
    {
        var parts = text.Split(':');
        Direction? better = parts switch
        {
            [_, "min"] => Direction.LessIsBetter,
            [_, "max"] => Direction.MoreIsBetter,
            [_] => null,
            _ => throw Mistake(text),
        };
        return parts[0].Length > 0
            ? new(MeasurementNames.IdOf(parts[0]), parts[0], better)
            : throw Mistake(text);
    }

    /// <summary>Whether runs have such a measurement only now and then: without a cut no side is cut off,
    /// and where no read is answered none is stale.</summary>
    public bool MayBeMissing => Id is "recovery-time" or "requests-never-sent" or "sessions"
        || Array.Exists(["availability-", "latency-", "stale"], Id.StartsWith);

    static UserMistakeException Mistake(string text) => new(
        $"--objective: expected a measurement with min or max, such as p99:min, found \"{text}\"");
}
