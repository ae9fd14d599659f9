using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories.Measuring;
using Steelyard.Report;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>Puts what a sweep found into the shape of its page.</summary>
internal static class SweepReport
{
    /// <summary>The page's data.</summary>
    public static SweepData Of(
        SweepResult result, IReadOnlyDictionary<string, string> reports,
        IReadOnlyList<RepeatCommand> commands)
    {
        var request = result.Request;
        return new()
        {
            Title = $"{request.What.Design.Name}, a sweep",
            Summary = request.What.Design.Summary,
            Headline = SweepWords.Headline(result),
            Notes = [.. SweepWords.Notes(result)],
            Partial = result.IsPartial,
            Facts =
            [
                new("Varied", string.Join(", ", request.Variations.Select(one => one.Name))),
                new("Points", $"{result.Points.Count:N0}"),
                new("Seeds a point", SweepWords.Seeds(result)),
                new("Runs", $"{result.Runs:N0}"),
                new("At every point", SweepWords.Same(result)),
            ],
            Varied = [.. request.Variations.Select(one => new VariedData(one.Name, one.Values))],
            Objectives =
            [
                .. result.Aims.Select(aim => new AimData(
                    aim.Id, aim.Words, aim.Unit, aim.Better == Direction.MoreIsBetter ? "more" : "less")),
            ],
            Points = [.. result.Points.Select(point => Of(result, point, reports))],
            Refused = result.Refused,
            Curves = CurvesOf(result),
            Commands = commands,
            Version = ReportParts.Version,
        };
    }

    static PointData Of(
        SweepResult result, SweptPoint point, IReadOnlyDictionary<string, string> reports) => new()
    {
        Number = point.Point.Number,
        Name = point.Point.Name,
        Values = point.Point.Values,
        Standing = StandingWords.Id(point.Standing),
        StandingWords = StandingWords.Of(point.Standing)
            + (point.Rival is { } rival ? $" by {rival.Short}" : ""),
        Why = [.. SweepWords.Why(result, point)],
        Figures = [.. result.Aims.Select(aim => FigureOf(point.Interval(aim.Id), aim.Unit))],
        Verdict = SweepWords.VerdictWord(point),
        VerdictWords = PlainWords.Capitalized(SweepWords.Verdict(point)),
        Seeds = point.Runs.Count,
        Precise = point.IsPrecise,
        Unstable = point.Runs.Select(run => run.Unstable).OfType<string>().FirstOrDefault(),
        Repeat = RunCommand.Of(point.Point.Run.With(result.Request.Seeds[0]).Spec),
        Report = reports.GetValueOrDefault(point.Point.Name)?.Replace('\\', '/'),
    };

    static FigureData? FigureOf(ConfidenceInterval? interval, string unit) => interval is null
        ? null
        : new(
            interval.Estimate, Finite(interval.Low), Finite(interval.High), SweepFigure.Of(interval, unit));

    static double? Finite(double end) => double.IsFinite(end) ? end : null;

    static CurvesData? CurvesOf(SweepResult result)
    {
        if (SweepCurves.Of(result) is not { } curves)
            return null;
        var places = result.Points.Index().ToDictionary(one => one.Item.Point.Number, one => one.Index);
        return new(
            curves.Over.Name, curves.Over.Unit,
            [
                .. curves.Curves.Select(curve => new CurveLineData(
                    curve.Name,
                    [
                        .. curve.Points.Select(
                            one => new CurvePlaceData(one.X, places[one.Point.Point.Number])),
                    ])),
            ],
            curves.Sentences(result.Aims));
    }
}
