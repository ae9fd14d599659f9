using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Retries;

/// <summary>How long to wait before trying again (Brooker 2015, "Exponential backoff and jitter").</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Formula">The formula: b the base, M the cap, n the number of the retry from 0 on, p the wait
/// before.</param>
public sealed record Backoff(string Name, string Formula)
{
    // Beyond this the cap counts, whatever the base.
    const int MostDoublings = 62;

    /// <summary>The wait in the unit of the base, from the retry's number, the wait before it, base, cap and
    /// a number drawn evenly from 0 up to 1.</summary>
    internal Func<int, double, double, double, double, double> Wait { get; init; } = (_, _, _, _, _) => 0;

    /// <summary>The strategies there are.</summary>
    public static IReadOnlyList<Backoff> All { get; } =
    [
        new("none", "0"),
        new("exponential", "min(M, b·2^n)")
        {
            Wait = static (retry, _, unit, cap, _) => Doubled(retry, unit, cap),
        },
        new("full", "uniform from 0 to min(M, b·2^n)")
        {
            Wait = static (retry, _, unit, cap, drawn) => drawn * Doubled(retry, unit, cap),
        },
        new("equal", "half of min(M, b·2^n), and uniform from 0 to the other half")
        {
            Wait = static (retry, _, unit, cap, drawn) => (1 + drawn) / 2 * Doubled(retry, unit, cap),
        },
        new("decorrelated", "min(M, uniform from b to 3p), p at first b")
        {
            Wait = static (_, before, unit, cap, drawn) =>
                Math.Min(cap, unit + (drawn * Math.Max(0, (3 * Math.Max(before, unit)) - unit))),
        },
    ];

    /// <summary>The strategy of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static Backoff Named(string name) =>
        All.FirstOrDefault(one => one.Name == name) ?? throw new UserMistakeException(
            $"backoff: expected {string.Join(", ", All.Select(one => one.Name))}, found \"{name}\""
                + Suggestion.For(name, [.. All.Select(one => one.Name)]));

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">Its number: 0 for the first.</param>
    /// <param name="before">The wait before the one before; the base before the first.</param>
    /// <param name="unit">The base, above 0, in any unit.</param>
    /// <param name="cap">The most, in the same unit.</param>
    /// <param name="drawn">A number drawn evenly from 0 up to 1.</param>
    public TimeSpan Of(int retry, TimeSpan before, TimeSpan unit, TimeSpan cap, double drawn) =>
        TimeSpan.FromTicks((long)Wait(retry, before.Ticks, unit.Ticks, cap.Ticks, drawn));

    static double Doubled(int retry, double unit, double cap) =>
        Math.Min(cap, unit * Math.Pow(2, Math.Min(retry, MostDoublings)));
}
