using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>What is counted over a whole run, whether its operations were kept or only counted.</summary>
/// <param name="Operations">Operations of all sorts.</param>
/// <param name="Sent">Of those, the ones that were sent.</param>
/// <param name="Sessions">Of those, sessions.</param>
/// <param name="AnsweredInLoad">Requests answered while the load lasted: late ones are answers too.</param>
/// <param name="LoadSeconds">How long it lasted; 0 where there are no times.</param>
internal sealed record MeasuredTotals(
    long Operations, long Sent, long Sessions, long AnsweredInLoad, double LoadSeconds)
{
    /// <summary>Of operations that were kept.</summary>
    public static MeasuredTotals Of(History history)
    {
        var load = Requests.HasTimes(history) ? LoadSpan.Of(history) : default;
        return new(
            history.Count,
            history.Operations.LongCount(operation => operation.IsSent),
            history.Operations.LongCount(operation => operation.IsSession),
            Requests.Of(history).LongCount(
                request => Requests.IsAnswered(request) && request.CompletedNs <= load.EndNs),
            load.Seconds);
    }

    /// <summary>Of operations that were counted.</summary>
    public static MeasuredTotals Of(AggregateRecorder kept, History marks) => new(
        kept.Operations, kept.SentOperations, kept.Sessions, kept.AnsweredInLoad,
        (marks.Phases.LoadEnd?.TimeNs ?? 0) / 1e9);
}
