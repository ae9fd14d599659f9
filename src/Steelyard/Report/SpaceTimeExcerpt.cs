using Steelyard.Analysis.Naming;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>
/// Makes the excerpts: picks the operations and messages around each scene, nearest first, and says how much
/// was left out. A history holds no messages; they come from what was traced as it was made.
/// </summary>
internal static class SpaceTimeExcerpt
{
    const int MostOperations = 140;
    const int MostMessages = 260;
    const int MostNotes = 40;
    const int MostOfTitle = 160;
    const int MostNearby = 4_000;

    /// <summary>The excerpts of a run; without a trace they hold the operations alone.</summary>
    public static IReadOnlyList<ExcerptData> OfRun(
        RunResult run, IReadOnlyList<ExcerptScene> scenes, RunTrace? trace) =>
        [.. scenes.Select(s => Excerpt(run.World.History, run.Scenario, s, trace))];

    /// <summary>The excerpts of a recorded history: operations alone.</summary>
    public static IReadOnlyList<ExcerptData> OfHistory(History history, IReadOnlyList<ExcerptScene> scenes) =>
        [.. scenes.Select(s => Excerpt(history, null, s, null))];

    static ExcerptData Excerpt(History history, Scenario? scenario, ExcerptScene scene, RunTrace? trace)
    {
        var clock = new HistoryClock(history);
        var nearby = Nearby(history, clock, scene);
        var lanes = new SpaceTimeLanes(scenario, nearby);
        var shown = nearby.Where(o => lanes.OfProcess(o.Process) is not null).Take(MostOperations).ToList();
        var held = trace is not null && scene.Windows.All(w => trace.Holds(w.FromNs)) ? trace : null;
        var inWindows = held?.Messages.Where(m => scene.Windows.Any(w => w.Contains(m.SentNs))).ToList()
            ?? [];
        var messages = Messages(inWindows, lanes, scene, history);
        return new()
        {
            HasTimes = clock.HasTimes,
            Name = scene.Anomaly?.Type ?? "fault",
            Title = Title(scene),
            Note = Drawn(scene, (shown.Count, nearby.Count), (messages.Count, inWindows.Count))
                + Missing(trace, held, scenario),
            Windows = [.. scene.Windows.Select(w =>
                new SpanData(ReportParts.Seconds(w.FromNs), ReportParts.Seconds(w.ToNs)))],
            Lanes = lanes.Lanes,
            Operations = [.. shown.OrderBy(o => o.Index).Select(o => Bar(o, clock, lanes, scene))],
            Messages = messages,
            Notes = Notes(held, lanes, scene),
            States = held is null ? [] : ShownStates.Of(held, lanes, scene),
        };
    }

    // A sentence that is long stands above already.
    static string Title(ExcerptScene scene)
    {
        if (scene.Title.Length <= MostOfTitle || scene.Anomaly is not { } anomaly)
            return PlainWords.Capitalized(scene.Title);
        return AnomalyWords.Of(anomaly.Type) is { } words
            ? $"{anomaly.Type}: {words.PlainName}" : anomaly.Type;
    }

    // The witness first, then whatever ran within the windows, nearest to the focus first.
    static List<Operation> Nearby(History history, HistoryClock clock, ExcerptScene scene)
    {
        var found = new List<Operation>();
        foreach (var operation in history.Operations)
            if (scene.Windows.Any(w => w.Overlaps(clock.StartNs(operation), clock.EndNs(operation))))
                found.Add(operation);
        return [.. found
            .OrderBy(o => scene.Witness.Contains(o.Index) ? 0 : 1)
            .ThenBy(o => Math.Min(Distance(scene, clock.StartNs(o)), Distance(scene, clock.EndNs(o))))
            .ThenBy(o => o.Index)
            .Take(MostNearby)];
    }

    static long Distance(ExcerptScene scene, long timeNs) => scene.FocusNs.Min(f => Math.Abs(f - timeNs));

    static OperationData Bar(
        Operation operation, HistoryClock clock, SpaceTimeLanes lanes, ExcerptScene scene) => new(
        operation.RecordedIndex,
        lanes.OfProcess(operation.Process)!.Value,
        ReportParts.Seconds(clock.StartNs(operation)),
        operation.Outcome == Outcome.Open ? null : ReportParts.Seconds(clock.EndNs(operation)),
        OperationText.Label(operation),
        $"operation {operation.RecordedIndex}, {ToldValue.Of(operation, 260)}",
        operation.Outcome.ToString().ToLowerInvariant(),
        scene.Witness.Contains(operation.Index));

    static IReadOnlyList<MessageData> Messages(
        List<TracedMessage> messages, SpaceTimeLanes lanes, ExcerptScene scene, History history)
    {
        var witnesses = scene.Witness.Select(i => lanes.OfProcess(history[i].Process)).ToHashSet();
        return [.. messages
            .Select(m => (Message: m, From: lanes.OfAddress(m.From), To: lanes.OfAddress(m.To)))
            .Where(m => m.From is not null && m.To is not null)
            .OrderBy(m => witnesses.Contains(m.From) || witnesses.Contains(m.To) ? 0 : 1)
            .ThenBy(m => Distance(scene, m.Message.SentNs))
            .ThenBy(m => m.Message.SentNs)
            .Take(MostMessages)
            .OrderBy(m => m.Message.SentNs)
            .Select(m => new MessageData(
                m.From!.Value,
                m.To!.Value,
                ReportParts.Seconds(m.Message.SentNs),
                m.Message.ArrivesNs is { } arrives ? ReportParts.Seconds(arrives) : null,
                m.Message.Message.GetType().Name,
                MessageText.Of(m.Message.Message),
                m.Message.Fate))];
    }

    static IReadOnlyList<NoteData> Notes(RunTrace? trace, SpaceTimeLanes lanes,
        ExcerptScene scene) =>
        [.. (trace?.Notes ?? [])
            .Where(n => scene.Windows.Any(w => w.Contains(n.TimeNs)) && lanes.OfAddress(n.Node) is not null)
            .OrderBy(n => Distance(scene, n.TimeNs))
            .Take(MostNotes)
            .OrderBy(n => n.TimeNs)
            .Select(n => new NoteData(
                lanes.OfAddress(n.Node)!.Value, ReportParts.Seconds(n.TimeNs),
                    ReportParts.Shortened(n.Text, 160)))];

    static string Drawn(
        ExcerptScene scene, (int Drawn, int All) operations, (int Drawn, int All) messages) =>
        operations.Drawn == operations.All && messages.Drawn == messages.All
            ? $"All {ReportParts.Count(operations.All)} operations"
                + (messages.All > 0 ? $" and all {ReportParts.Count(messages.All)} messages" : "")
                + " of these moments are drawn."
            : $"Drawn: {ReportParts.Count(operations.Drawn)} of {AtLeast(operations.All, MostNearby)}"
                + " operations"
                + (messages.All == 0 ? ""
                    : $" and {ReportParts.Count(messages.Drawn)} of {ReportParts.Count(messages.All)}"
                    + " messages")
                + $" of these moments, those nearest to {scene.Nearest} first.";

    // A recorded history has none.
    static string Missing(RunTrace? trace, RunTrace? held, Scenario? scenario) => (trace, held) switch
    {
        _ when scenario is null || held is not null => "",
        (null, _) => " The messages are missing: the run was not traced.",
        _ => " The messages are missing: the run had more than are kept, and these were among the first."
            + " \"steelyard replay\" with the run's folder and --messages draws them.",
    };

    static string AtLeast(int count, int limit) =>
        count >= limit ? $"{ReportParts.Count(limit)} or more" : ReportParts.Count(count);
}
