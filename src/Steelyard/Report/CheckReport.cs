namespace Steelyard.Report;

/// <summary>The report of a recorded history.</summary>
internal static class CheckReport
{
    // Of a handful of operations each is seen below; a line through them would tell nothing.
    const int LeastForCharts = 20;

    public static ReportData Of(CheckedHistory check, IReadOnlyList<RepeatCommand> commands)
    {
        var isFew = check.History.Count < LeastForCharts;
        var scenes = ExcerptScene.Of(check.History, check.Verdicts);
        return new()
        {
            Title = Path.GetFileName(check.Source),
            Summary = check.JudgedAs is { } model
                ? $"A recorded history, judged as {model}." : "A recorded history, judged.",
            Headline = PlainWords.Headline("This history", check.Verdicts),
            Trade = Trade.Of(check.Measures),
            Partial = false,
            Facts =
            [
                new("file", check.Source),
                new("operations", ReportParts.Count(check.History.Count)),
                new("history", $"{check.History.Hash:x16}"),
            ],
            Promises = ReportParts.Promises(check.History, check.Verdicts, scenes),
            Faults = MeasuredParts.Faults(check.Measures),
            Timeline = isFew ? null : MeasuredParts.Timeline(check.Measures),
            Cuts = MeasuredParts.Cuts(check.Measures),
            Curves = isFew ? [] : MeasuredParts.Curves(check.Measures),
            Excerpts = SpaceTimeExcerpt.OfHistory(check.History, scenes),
            Measurements = MeasuredParts.Table(check.Measures),
            Options = [],
            Commands = commands,
            Version = ReportParts.Version,
        };
    }
}
