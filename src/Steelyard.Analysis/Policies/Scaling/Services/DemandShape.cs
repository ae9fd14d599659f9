using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>A demand by name, between a low and a high rate.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Summary">What it is like.</param>
/// <param name="Duration">How long it is when nothing is said.</param>
public sealed record DemandShape(string Name, string Summary, TimeSpan Duration)
{
    const double Hour = 3600;
    const double Day = 24 * Hour;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    static readonly TimeSpan ThreeDays = TimeSpan.FromDays(3);

    /// <summary>From 0 to 1, the share of the way from low to high at a second.</summary>
    internal Func<double, double> At { get; init; } = static _ => 1;

    /// <summary>All there are.</summary>
    public static IReadOnlyList<DemandShape> All { get; } =
    [
        new("constant", "high all the time", AnHour),
        new("step", "low, and from minute 10 on within 5 minutes up to high, where it stays", AnHour)
        {
            At = static second => Math.Clamp((second - 600) / 300, 0, 1),
        },
        new("spike", "low, and high from minute 20 to 25", AnHour)
        {
            At = static second => second is >= 1200 and < 1500 ? 1 : 0,
        },
        new("noisy", "around the middle, up and down within minutes", TimeSpan.FromHours(2))
        {
            // Three waves whose periods share no multiple within the hours: it never repeats.
            At = static second => 0.5 + (0.2 * Wave(second, 421)) + (0.15 * Wave(second, 173))
                + (0.1 * Wave(second, 97)),
        },
        new("diurnal", "a wave a day, low at 2 and high at 14, each day a little different", ThreeDays)
        {
            At = static second => DayOf(second) * (1 + Wave(second - (8 * Hour), Day)) / 2,
        },
        new("evening", "a quiet day, and a peak at 20:30, each day a little different", ThreeDays)
        {
            At = static second => DayOf(second) * Math.Min(1, Bump(second % Day, 20.5 * Hour, 1.25 * Hour)
                + (0.2 * Bump(second % Day, 13 * Hour, 3 * Hour))),
        },
        new("two-regions", "two waves a day, half a day apart: the sun over two regions", ThreeDays)
        {
            At = static second => Math.Max(Wave(second - (8 * Hour), Day), Wave(second - (20 * Hour), Day)),
        },
    ];

    /// <summary>The shape of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static DemandShape Named(string name) =>
        All.FirstOrDefault(shape => shape.Name == name) ?? throw new UserMistakeException(
            $"demand: expected a file, or {string.Join(", ", All.Select(shape => shape.Name))}, found"
                + $" \"{name}\"{Suggestion.For(name, [.. All.Select(shape => shape.Name)])}");

    /// <summary>The demand.</summary>
    /// <param name="low">Requests per second at its least, at least 0.</param>
    /// <param name="high">Requests per second at its most, at least the least.</param>
    /// <param name="duration">How long; what is usual where it is null.</param>
    public DemandTrace Trace(double low, double high, TimeSpan? duration = null)
    {
        var seconds = Math.Max(1, (int)(duration ?? Duration).TotalSeconds);
        var rates = new double[seconds];
        for (var second = 0; second < seconds; second++)
            rates[second] = low + ((high - low) * At(second));
        return new(Name, rates, Second);
    }

    // Days differ by a tenth at most, so that a forecast has something to be wrong about.
    static double DayOf(double second) => 1 - (0.05 * (1 + Math.Sin(2.4 * Math.Floor(second / Day))));

    static double Wave(double second, double period) => Math.Sin(2 * Math.PI * second / period);

    static double Bump(double second, double middle, double width) =>
        Math.Exp(-Math.Pow((second - middle) / width, 2) / 2);
}
