namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The cases of crashes at every moment.</summary>
internal sealed class CrashCases(IProbedWorld world)
{
    readonly CrashSweep _sweep = new(world);
    IReadOnlyList<CrashPoint>? _ofRequest;

    /// <summary>Case 17.</summary>
    public CaseResult ChargedTwice(ConformanceCase of) =>
        OfRequest(of, point => point.Effects > 1, "charged more than once");

    /// <summary>Case 18.</summary>
    public CaseResult Lost(ConformanceCase of) => OfRequest(
        of, point => point.Effects is null or 0 || !WasAnswered(point), "lost, or never answered");

    /// <summary>Case 19.</summary>
    public CaseResult OfKeyStore(ConformanceCase of) =>
        Told(of, _sweep.OfKeyStore(of), Fails, "with another number of effects than one");

    /// <summary>Case 27.</summary>
    public CaseResult OfConsumer(ConformanceCase of) =>
        Told(of, _sweep.OfConsumer(of), Fails, "with another number of effects than one");

    CaseResult OfRequest(ConformanceCase of, Func<CrashPoint, bool> isWrong, string how) =>
        Told(of, _ofRequest ??= _sweep.OfRequest(of), isWrong, how);

    static CaseResult Told(
        ConformanceCase of, IReadOnlyList<CrashPoint> points, Func<CrashPoint, bool> isWrong, string how)
    {
        if (points.Count == 0)
            return new(of, CaseOutcome.Skip, "there is no moment at which anybody works at it", [], null);
        var wrong = points.Where(isWrong).ToList();
        var exchanges = points.Select(point => new Exchange(
            point.ToString(), point.End!.Explanation[(point.ToString().Length + 2)..])).ToList();
        return wrong.Count == 0
            ? new(of, CaseOutcome.Pass, $"{points.Count} crashes, none {how}", exchanges, points.Max(Most))
            : new(
                of, CaseOutcome.Fail,
                $"{wrong.Count} of {points.Count} crashes {how}; {wrong[0].End!.Explanation}",
                exchanges, wrong[0].Effects);
    }

    static int? Most(CrashPoint point) => point.Effects;

    static bool Fails(CrashPoint point) => point.Effects != 1;

    static bool WasAnswered(CrashPoint point) =>
        point.End!.Exchanges.LastOrDefault(IsPost) is { } replay && replay.Came.StartsWith('2');

    static bool IsPost(Exchange exchange) => exchange.Sent.StartsWith("POST", StringComparison.Ordinal);
}
