using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The suite against a sample: what can be done from outside, and crashes at every moment.</summary>
internal sealed class SampleSuite
{
    readonly SampleWorld _sample;
    readonly CrashSweep _sweep;
    IReadOnlyList<CrashPoint>? _ofRequest;

    public SampleSuite(PaymentVariant variant, Seed seed)
    {
        _sample = new(variant, seed);
        _sweep = new(_sample);
    }

    /// <summary>Runs a case.</summary>
    public CaseResult Run(ConformanceCase of) => of.Id switch
    {
        10 => _sample.RunWithShortLifetime(of, HeaderCases.ReuseAfterExpiry),
        17 => OfRequest(of, point => point.Effects > 1, "charged more than once"),
        18 => OfRequest(
            of, point => point.Effects is null or 0 || !WasAnswered(point), "lost, or never answered"),
        19 => Told(of, _sweep.OfKeyStore(of), Fails, "with another number of effects than one"),
        23 => _sample.Run(of, SqlFacts.ClientMadeId, FaultPlan.None, null),
        24 => _sample.Run(of, SqlFacts.ServerMadeId, FaultPlan.None, null),
        26 => _sample.Run(of, SqlFacts.VersionBumped, FaultPlan.None, null),
        27 when _sample.Variant.Consumer is null => new(
            of, CaseOutcome.Skip, "payments are charged at once here: nothing is handed out again", [], null),
        27 => Told(of, _sweep.OfConsumer(of), Fails, "with another number of effects than one"),
        _ => _sample.Run(of, OutsideCases.Of(of)!, FaultPlan.None, null),
    };

    CaseResult OfRequest(ConformanceCase of, Func<CrashPoint, bool> isWrong, string how) =>
        Told(of, _ofRequest ??= _sweep.OfRequest(of), isWrong, how);

    static CaseResult Told(
        ConformanceCase of, IReadOnlyList<CrashPoint> points, Func<CrashPoint, bool> isWrong, string how)
    {
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

    static bool WasAnswered(CrashPoint point) => point.End!.Exchanges is [.., var replay, _]
        && replay.Came.StartsWith('2');
}
