using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Settings;

/// <summary>How long something takes: a distribution with a mean.</summary>
/// <param name="Mean">Its mean; at least 0s.</param>
internal abstract record TakesTime(TimeSpan Mean)
{
    internal const string Shape =
        "5ms | exp 5ms | uniform 2ms 8ms | erlang 2 5ms | hyper 4 5ms | lognormal 2 5ms | pareto 2.5 5ms";

    /// <summary>Nothing.</summary>
    public static TakesTime Nothing { get; } = Always(TimeSpan.Zero);

    /// <summary>Variance over the square of the mean: 0 for what is always the same, 1 for an exponential;
    /// infinite where there is no variance.</summary>
    public abstract double SquaredVariation { get; }

    /// <summary>One draw, in ns; never negative.</summary>
    public abstract long SampleNs(SeededRandom random);

    /// <summary>Always the same.</summary>
    public static TakesTime Always(TimeSpan time) => new Constant(time);

    /// <summary>Exponential.</summary>
    public static TakesTime Exponential(TimeSpan mean) => new Erlang(1, mean);

    /// <summary>Log-normal, by its mean and its coefficient of variation.</summary>
    public static TakesTime LogNormal(double variation, TimeSpan mean) => new LogNormalTime(variation, mean);

    /// <summary>Reads it from a text; see <c>docs/architectures.md</c>.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static TakesTime Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var time] => Always(Time(time, text)),
            ["exp", var mean] => Exponential(Time(mean, text)),
            ["uniform", var low, var high] => EvenlyBetween(Time(low, text), Time(high, text), text),
            ["erlang", var stages, var mean] => new Erlang(Stages(stages, text), Time(mean, text)),
            ["hyper", var squared, var mean] => new Hyper(Number(squared, 1, text), Time(mean, text)),
            ["lognormal", var variation, var mean] => LogNormal(Number(variation, 0, text), Time(mean, text)),
            ["pareto", var shape, var mean] => new Pareto(Number(shape, 1, text), Time(mean, text)),
            _ => throw Mistake(text),
        };
    }

    private protected static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private protected double MeanNs => Mean.Ticks * 100.0;

    static Uniform EvenlyBetween(TimeSpan low, TimeSpan high, string text) =>
        high >= low ? new(low, high) : throw Mistake(text);

    static TimeSpan Time(string word, string text) =>
        Durations.TryParse(word, out var time) && time >= TimeSpan.Zero ? time : throw Mistake(text);

    // What is at its least has no mean, or no spread.
    static double Number(string word, double above, string text) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number > above && double.IsFinite(number) ? number : throw Mistake(text);

    static int Stages(string word, string text) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var stages)
            && stages is >= 1 and <= 1_000 ? stages : throw Mistake(text);

    static UserMistakeException Mistake(string found) =>
        new($"expected how long it takes ({Shape}), found \"{found}\"");

    sealed record Constant(TimeSpan Mean) : TakesTime(Mean)
    {
        public override double SquaredVariation => 0;

        public override long SampleNs(SeededRandom random) => Mean.Ticks * 100;

        public override string ToString() => Durations.Format(Mean);
    }

    sealed record Uniform(TimeSpan Low, TimeSpan High) : TakesTime((Low + High) / 2)
    {
        public override double SquaredVariation => MeanNs == 0 ? 0
            : Math.Pow((High - Low).Ticks * 100.0, 2) / 12 / (MeanNs * MeanNs);

        public override long SampleNs(SeededRandom random) =>
            (long)((Low.Ticks * 100) + (random.NextDouble() * (High - Low).Ticks * 100));

        public override string ToString() => $"uniform {Durations.Format(Low)} {Durations.Format(High)}";
    }

    sealed record Erlang(int Phases, TimeSpan Mean) : TakesTime(Mean)
    {
        readonly double _stageNs = Mean.Ticks * 100.0 / Phases;

        public override double SquaredVariation => 1.0 / Phases;

        public override long SampleNs(SeededRandom random)
        {
            var sum = 0.0;
            for (var stage = 0; stage < Phases; stage++)
                sum += random.Exponential(_stageNs);
            return (long)sum;
        }

        public override string ToString() => Phases == 1
            ? $"exp {Durations.Format(Mean)}" : $"erlang {Phases} {Durations.Format(Mean)}";
    }

    // Two exponentials with balanced means (Whitt 1982), by the mean and the squared variation above 1.
    sealed record Hyper(double Squared, TimeSpan Mean) : TakesTime(Mean)
    {
        readonly double _often = (1 + Math.Sqrt((Squared - 1) / (Squared + 1))) / 2;

        public override double SquaredVariation => Squared;

        public override long SampleNs(SeededRandom random)
        {
            var share = random.Chance(_often) ? _often : 1 - _often;
            return (long)random.Exponential(MeanNs / (2 * share));
        }

        public override string ToString() => $"hyper {Text(Squared)} {Durations.Format(Mean)}";
    }

    sealed record LogNormalTime(double Variation, TimeSpan Mean) : TakesTime(Mean)
    {
        readonly double _sigma = Math.Sqrt(Math.Log(1 + (Variation * Variation)));

        public override double SquaredVariation => Variation * Variation;

        public override long SampleNs(SeededRandom random)
        {
            // Box and Muller 1958; the other of the pair is left, so that a draw depends on nothing before
            // it.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble());
            return (long)(MeanNs * Math.Exp((_sigma * normal) - (_sigma * _sigma / 2)));
        }

        public override string ToString() => $"lognormal {Text(Variation)} {Durations.Format(Mean)}";
    }

    sealed record Pareto(double Exponent, TimeSpan Mean) : TakesTime(Mean)
    {
        const double MostNs = 1e15;

        public override double SquaredVariation =>
            Exponent <= 2 ? double.PositiveInfinity : 1 / (Exponent * (Exponent - 2));

        public override long SampleNs(SeededRandom random) => (long)Math.Min(
            MeanNs * (Exponent - 1) / Exponent / Math.Pow(1 - random.NextDouble(), 1 / Exponent), MostNs);

        public override string ToString() => $"pareto {Text(Exponent)} {Durations.Format(Mean)}";
    }
}
