using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture;

/// <summary>How a rate changes over time, as a factor of it.</summary>
internal sealed record RateShape
{
    const string ConstantWord = "constant";
    const string Spike = "spike";
    const string Step = "step";
    const string Diurnal = "diurnal";
    const string Bursty = "bursty";
    internal const string Trace = "trace";

    /// <summary>It does not.</summary>
    public static RateShape Constant { get; } = new();

    /// <summary>The words for it.</summary>
    internal static IReadOnlyList<string> Words { get; } =
        [ConstantWord, Spike, Step, Diurnal, Bursty, Trace];

    /// <summary>Which: <c>constant</c>; <c>spike</c> and <c>step</c> (a factor from a time on, for a while or
    /// for good); <c>diurnal</c> (a sine between the rate and the factor, from the rate on, a period a
    /// day); <c>bursty</c> (bursts of the factor and lulls, exponentially long, an eighth of the time);
    /// <c>trace</c>.</summary>
    public string Word { get; init; } = ConstantWord;

    /// <summary>How many times the rate at its most.</summary>
    public double By { get; init; } = 3;

    /// <summary>When it begins.</summary>
    public TimeSpan At { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long it lasts, or the period.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second from each time on, for a trace; ordered by time, from 0 on.</summary>
    public IReadOnlyList<(TimeSpan From, double PerSecond)> Recorded { get; init; } = [];

    /// <summary>What a trace is, after its rate: that it was recorded, where nobody says more.</summary>
    internal string RecordedWords { get; init; } = "as recorded";

    /// <summary>What it adds to a rate, in words; nothing where it is constant.</summary>
    internal string InWords => Word switch
    {
        ConstantWord => "",
        Trace => $", {RecordedWords}",
        Step or Spike => FormattableString.Invariant($", {Word} × {By} at {At.TotalSeconds:0.##} s"),
        _ => FormattableString.Invariant($", {Word}, up to × {By}"),
    };

    /// <summary>How many bursts' length a burst and its lull take.</summary>
    const double LullShare = 7.0 / 8;

    /// <summary>The most it is, as a factor; of a trace, of a rate of 1 a second.</summary>
    internal double Most => Word switch
    {
        ConstantWord => 1,
        Trace => Recorded.Select(one => one.PerSecond).DefaultIfEmpty(1).Max(),
        _ => Math.Max(1, By),
    };

    internal void Check()
    {
        if (Word is Diurnal or Bursty && For <= TimeSpan.Zero)
            throw new UserMistakeException("shape-for: expected a duration above 0s, found 0s");
        if (Word == Trace && Recorded.Count == 0)
            throw new UserMistakeException("shape: expected a \"trace\" with its rates, found none");
    }

    /// <summary>The factor over time, for one run; times are asked for in order.</summary>
    /// <param name="random">Draws bursts.</param>
    internal RateCurve Begin(SeededRandom random) => Word switch
    {
        Spike => new(Math.Max(1, By), seconds =>
            seconds >= At.TotalSeconds && seconds < (At + For).TotalSeconds ? By : 1),
        Step => new(Math.Max(1, By), seconds => seconds >= At.TotalSeconds ? By : 1),
        Diurnal => new(Math.Max(1, By), Sine),
        Bursty => new(Math.Max(1, By), new Bursts(By, For.TotalSeconds, LullShare, random).At),
        Trace => new(Most, RecordedAt),
        _ => new(1, _ => 1),
    };

    double Sine(double seconds) =>
        1 + ((By - 1) * (1 - Math.Cos(2 * Math.PI * seconds / For.TotalSeconds)) / 2);

    double RecordedAt(double seconds)
    {
        var (low, high) = (0, Recorded.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Recorded[middle].From.TotalSeconds <= seconds)
                low = middle;
            else
                high = middle - 1;
        }

        return Recorded[low].PerSecond;
    }

    /// <summary>Bursts and lulls of exponential length (a Markov-modulated Poisson process).</summary>
    sealed class Bursts(double by, double periodSeconds, double lullShare, SeededRandom random)
    {
        double _untilSeconds;
        bool _isBurst = true;

        public double At(double seconds)
        {
            while (seconds >= _untilSeconds)
            {
                _isBurst = !_isBurst;
                _untilSeconds += random.Exponential(
                    periodSeconds * (_isBurst ? 1 - lullShare : lullShare));
            }

            return _isBurst ? by : 1;
        }
    }
}

/// <summary>A factor over time.</summary>
/// <param name="Most">The most it is.</param>
/// <param name="At">The factor at a time in seconds.</param>
internal sealed record RateCurve(double Most, Func<double, double> At)
{
    /// <summary>The same with a push on top; null is none.</summary>
    public RateCurve Under(Push? push) => push is null ? this : new(Most * push.Size, seconds =>
        At(seconds) * (seconds >= push.At.TotalSeconds && seconds < (push.At + push.For).TotalSeconds
            ? push.Size : 1));
}
