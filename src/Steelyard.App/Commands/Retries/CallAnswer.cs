using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.Plots;

namespace Steelyard.App.Commands.Retries;

/// <summary>How a call is told: as figures, as words and lines, and as a curve of attempts on their
/// way.</summary>
internal static class CallAnswer
{
    const string Never = "never";

    /// <summary>The figures of each attempt and of the call.</summary>
    public static IReadOnlyList<LawFigure> Figures(CallTimeline call) =>
    [
        Figure("attempts", call.Counted),
        Figure("sent", call.Attempts.Count),
        Figure("endMs", Ms(call.End), "ms"),
        .. call.Attempts.Index().SelectMany(one => Figures(call, one.Index + 1, one.Item)),
    ];

    static IEnumerable<LawFigure> Figures(CallTimeline call, int number, CallAttempt attempt)
    {
        yield return Figure($"attempt{number}FromMs", Ms(attempt.From), "ms");
        yield return Figure($"attempt{number}UntilMs", Ms(attempt.Until), "ms");
        yield return Figure($"attempt{number}Outstanding", call.OutstandingAt(attempt.From));
        yield return Figure($"attempt{number}Counts", attempt.IsTransparent ? 0 : 1);
        if (attempt.Tokens is { } tokens)
            yield return Figure($"attempt{number}Tokens", tokens);
    }

    /// <summary>The words and lines of it.</summary>
    public static FigureText Told(CallTimeline call) => new(
        [
            ("status", Status(call.Status)),
            .. call.Attempts.Index().Select(one =>
                ($"attempt{one.Index + 1}Status", Status(one.Item.Status))),
        ],
        [
            $"{"attempt",-9}{"from",12}{"until",12}{"on their way",14}{"tokens",9}  outcome",
            .. call.Attempts.Index().Select(one => Line(call, one.Index + 1, one.Item)),
            "",
            call.Status is { } status
                ? $"the call ends at {Time(call.End)} with {AttemptWords.Told(status)} after {call.Counted}"
                    + (call.Counted == 1 ? " attempt" : " attempts")
                : "the call never ends: nobody answers, and it has no deadline",
        ]);

    static string Line(CallTimeline call, int number, CallAttempt attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{number,-9}{Time(attempt.From),12}{Time(attempt.Until),12}{call.OutstandingAt(attempt.From),14}"
        + $"{attempt.Tokens,9:0.###}  {Status(attempt.Status) ?? "no answer"}")
        + (attempt.IsTransparent ? ", seen by nobody: counts for none" : "");

    /// <summary>Attempts on their way over time.</summary>
    public static Plot PlotOf(CallTimeline call)
    {
        var steps = call.Attempts.Select(attempt => attempt.From)
            .Concat(call.Attempts.Where(attempt => attempt.Until is not null)
                .Select(attempt => attempt.Until!.Value)).Distinct().Order().ToList();
        var points = new List<(double, double)>();
        var before = 0;
        foreach (var at in steps)
        {
            points.Add((Ms(at), before));
            points.Add((Ms(at), before = call.OutstandingAt(at)));
        }

        if (call.End is null)
            points.Add((Ms(steps[^1]) + Math.Max(1, Ms(steps[^1]) / 10), before));
        return new("Attempts on their way", "time (ms)", "attempts", [new("on their way", points)]);
    }

    static string? Status(GrpcStatus? status) => status is { } known ? AttemptWords.Told(known) : null;

    static double Ms(TimeSpan? time) => time?.TotalMilliseconds ?? double.PositiveInfinity;

    static string Time(TimeSpan? time) => time is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMilliseconds:#,0.###} ms")
        : Never;

    static LawFigure Figure(string name, double value, string unit = "") => new(name, name, value, unit);
}
