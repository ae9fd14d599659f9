using Steelyard.Histories;

namespace Steelyard.Analysis.Laws;

/// <summary>What a law is asked with.</summary>
/// <param name="Name">The word after <c>--</c>: <c>lambda</c>.</param>
/// <param name="Meaning">What it is, with its unit.</param>
/// <param name="Least">The least it can be.</param>
/// <param name="Most">The most it can be.</param>
public sealed record LawParameter(string Name, string Meaning, double Least, double Most)
{
    readonly double? _example;

    /// <summary>What it is when it is not given; null where it must be.</summary>
    public double? Default { get; init; }

    /// <summary>A value that people may know, for the examples of help.</summary>
    public double Example
    {
        get => _example ?? Math.Clamp(Most <= 1 ? 0.95 : 1, Least, Most);
        init => _example = value;
    }

    /// <summary>True where it counts something.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True where the ends themselves are out of its range.</summary>
    public bool IsWithin { get; init; }

    /// <summary>True for a time, which may be written as 10ms; in seconds.</summary>
    public bool IsTime { get; init; }

    /// <summary>Looks whether a value can be.</summary>
    /// <exception cref="UserMistakeException">It cannot.</exception>
    public double Checked(double value)
    {
        var isIn = IsWithin ? value > Least && value < Most : value >= Least && value <= Most;
        if (isIn && !(IsWhole && value != Math.Floor(value)))
            return value;
        var kind = IsWhole ? "a whole number" : "a number";
        var range = (Least, Most) switch
        {
            (_, double.PositiveInfinity) => IsWithin ? $"above {Least}" : $"of at least {Least}",
            _ => IsWithin ? $"between {Least} and {Most}, without these" : $"from {Least} to {Most}",
        };
        throw new UserMistakeException($"--{Name}: expected {kind} {range}, found {value}");
    }
}

/// <summary>A number that a law gives.</summary>
/// <param name="Name">Its name in JSON, in camel case and with its unit: <c>meanResponseMs</c>.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Value">The number; infinite where there is no end.</param>
/// <param name="Unit">Its unit, or nothing.</param>
public sealed record LawFigure(string Name, string Meaning, double Value, string Unit = "");

/// <summary>Which of its parameters a law is drawn over, and which figure.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Figure">The figure's name.</param>
/// <param name="From">Where it begins, by what was asked.</param>
/// <param name="To">Where it ends.</param>
public sealed record LawCurve(
    string Parameter, string Figure, Func<LawArguments, double> From, Func<LawArguments, double> To)
{
    const int UsualPoints = 241;

    /// <summary>How many points it is drawn with; fewer where each is much work.</summary>
    public int Points { get; init; } = UsualPoints;
}

/// <summary>What a law was asked with, by the names of its parameters.</summary>
/// <param name="Values">All of them.</param>
public sealed record LawArguments(IReadOnlyDictionary<string, double> Values)
{
    /// <summary>One of them.</summary>
    public double this[string name] => Values[name];

    /// <summary>One that counts something.</summary>
    public int Whole(string name) => (int)Values[name];

    /// <summary>One that counts some of what another one counts.</summary>
    /// <exception cref="UserMistakeException">It counts more.</exception>
    internal int WholeOf(string all, string name) => Values[name] <= Values[all] ? Whole(name)
        : throw new UserMistakeException(
            $"--{name}: expected no more than --{all}, {Values[all]}, found {Values[name]}");

    /// <summary>The same with another value for one.</summary>
    public LawArguments With(string name, double value) =>
        new(new Dictionary<string, double>(Values, StringComparer.Ordinal) { [name] = value });
}

/// <summary>A law as somebody asks for it: what it takes, what it gives, and where it is from.</summary>
/// <param name="Name">The word after <c>law</c>: <c>mmc</c>.</param>
/// <param name="Summary">What it tells, in one line.</param>
/// <param name="Formula">The formula, as text.</param>
/// <param name="Source">The paper or book and the place in it.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Figures">What it gives.</param>
public sealed record Law(
    string Name, string Summary, string Formula, string Source, IReadOnlyList<LawParameter> Parameters,
    Func<LawArguments, IReadOnlyList<LawFigure>> Figures)
{
    /// <summary>How it is drawn; null where it is a number and no curve.</summary>
    public LawCurve? Curve { get; init; }

    /// <summary>Points of its curve; where it has no end there is none.</summary>
    public IReadOnlyList<(double X, double Y)> Points(LawArguments arguments)
    {
        if (Curve is not { } curve)
            return [];
        var (from, to) = (curve.From(arguments), curve.To(arguments));
        var isWhole = Parameters.First(parameter => parameter.Name == curve.Parameter).IsWhole;
        return
        [
            .. Enumerable.Range(0, curve.Points)
                .Select(point => from + ((to - from) * point / (curve.Points - 1)))
                .Select(x => isWhole ? Math.Round(x) : x).Distinct()
                .Select(x => (x, Figures(arguments.With(curve.Parameter, x))
                    .First(figure => figure.Name == curve.Figure).Value))
                .Where(point => double.IsFinite(point.Value)),
        ];
    }
}
