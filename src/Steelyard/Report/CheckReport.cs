namespace Steelyard.Report;

/// <summary>The report of a recorded history.</summary>
internal static class CheckReport
{
    public static ReportData Of(CheckedHistory check, IReadOnlyList<RepeatCommand> commands)
    {
        var scenes = ExcerptScene.Of(check.History, check.Verdicts);
        return new()
        {
            Title = check.Source,
            Summary = "A recorded history, judged.",
            Headline = PlainWords.Headline("This history", check.Verdicts),
            Trade = [],
            Partial = false,
            Facts =
            [
                new("operations", ReportParts.Count(check.History.Count)),
                new("history", $"{check.History.Hash:x16}"),
            ],
            Promises = ReportParts.Promises(check.History, check.Verdicts, scenes),
            Faults = ReportParts.Faults(check.History),
            Curves = [],
            Excerpts = SpaceTimeExcerpt.OfHistory(check.History, scenes),
            Measurements = ReportParts.Measurements(check.Measurements),
            Options = [],
            Commands = commands,
            Version = ReportParts.Version,
        };
    }
}
