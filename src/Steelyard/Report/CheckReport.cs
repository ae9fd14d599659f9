namespace Steelyard.Report;

/// <summary>The report of a recorded history.</summary>
internal static class CheckReport
{
    public static ReportData Of(CheckedHistory check, IReadOnlyList<RepeatCommand> commands)
    {
        var scenes = ExcerptScene.Of(check.History, check.Verdicts);
        return new()
        {
            Title = Path.GetFileName(check.Source),
            Summary = "A recorded history, judged.",
            Headline = PlainWords.Headline("This history", check.Verdicts),
            Trade = Trade.Of(check.History),
            Partial = false,
            Facts =
            [
                new("file", check.Source),
                new("operations", ReportParts.Count(check.History.Count)),
                new("history", $"{check.History.Hash:x16}"),
            ],
            Promises = ReportParts.Promises(check.History, check.Verdicts, scenes),
            Faults = MeasuredParts.Faults(check.History),
            Timeline = MeasuredParts.Timeline(check.History),
            Curves = MeasuredParts.Curves(check.History),
            Excerpts = SpaceTimeExcerpt.OfHistory(check.History, scenes),
            Measurements = MeasuredParts.Table(check.Measurements),
            Options = [],
            Commands = commands,
            Version = ReportParts.Version,
        };
    }
}
