using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Sweeps;

/// <summary>A point on a curve: the varied number, and the point that has it.</summary>
/// <param name="X">The number.</param>
/// <param name="Point">The point.</param>
internal sealed record CurvePoint(double X, SweptPoint Point);

/// <summary>Points that differ in one number only.</summary>
/// <param name="Name">What they have in common, as <c>batch=10</c>; nothing where nothing else is
/// varied.</param>
/// <param name="Points">By the number, upwards.</param>
internal sealed record SweptCurve(string Name, IReadOnlyList<CurvePoint> Points);

/// <summary>The objectives of a sweep against one varied number.</summary>
/// <param name="Over">The option whose numbers they are drawn over.</param>
/// <param name="Curves">One for each setting of everything else.</param>
internal sealed record SweepCurves(Variation Over, IReadOnlyList<SweptCurve> Curves)
{
    // What is offered is what one asks about of everything else.
    static readonly string[] s_offered = ["rate", "clients", "nodes", "duration"];

    /// <summary>Of a sweep; null where no numbers are varied.</summary>
    public static SweepCurves? Of(SweepResult result)
    {
        var variations = result.Request.Variations;
        var over = variations.Where(one => one.Numbers is { Count: > 1 })
            .OrderBy(one => Array.IndexOf(s_offered, one.Name) is >= 0 and var place ? place : int.MaxValue)
            .ThenByDescending(one => one.Values.Count).FirstOrDefault();
        if (over is null)
            return null;
        var at = variations.Index().First(one => one.Item == over).Index;
        var numbers = over.Values.Zip(over.Numbers!).ToDictionary(
            pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return new(over,
        [
            .. result.Points.GroupBy(point => NameOf(variations, point, at), StringComparer.Ordinal)
                .Select(group => new SweptCurve(group.Key,
                [
                    .. group.Select(point => new CurvePoint(numbers[point.Point.Values[at]], point))
                        .OrderBy(point => point.X),
                ])),
        ]);
    }

    static string NameOf(IReadOnlyList<Variation> variations, SweptPoint point, int without) => string.Join(
        ' ', variations.Zip(point.Point.Values).Index().Where(one => one.Index != without)
            .Select(one => $"{one.Item.First.Name}={one.Item.Second}"));

    /// <summary>What the curves say, in sentences: where one of two becomes better than the other, or, of a
    /// curve alone, where it is best.</summary>
    public IReadOnlyList<string> Sentences(IReadOnlyList<Aim> aims) => Curves.Count == 1
        ? [.. aims.Select(Best).OfType<string>()]
        :
        [
            .. aims.SelectMany(aim => Pairs().SelectMany(
                pair => Crossover.Between(Over, pair.First, pair.Second, aim))),
        ];

    IEnumerable<(SweptCurve First, SweptCurve Second)> Pairs()
    {
        for (var first = 0; first < Curves.Count; first++)
            for (var second = first + 1; second < Curves.Count; second++)
                yield return (Curves[first], Curves[second]);
    }

    string? Best(Aim aim)
    {
        var placed = Curves[0].Points.Where(one => one.Point.Interval(aim.Id) is not null).ToList();
        if (placed.Count < 2)
            return null;
        var isMax = aim.Better == Histories.Measuring.Direction.MoreIsBetter;
        var best = placed.MaxBy(one => one.Point.Interval(aim.Id)!.Estimate * (isMax ? 1 : -1))!;
        var alike = placed.Where(one => one != best && one.Point.Against(best.Point, aim) is
        {
            Standing: Standing.CannotTell or Standing.Same, Difference.Samples: > 1,
        }).Select(one => one.Point.Point.Short).ToList();
        return $"{aim.Id} is {(isMax ? "largest" : "least")} at {best.Point.Point.Short}:"
            + $" {SweepFigure.Of(best.Point.Interval(aim.Id)!, aim.Unit)}"
            + (alike.Count == 0 ? "" : $"; it cannot be told from {string.Join(", ", alike)}");
    }
}
