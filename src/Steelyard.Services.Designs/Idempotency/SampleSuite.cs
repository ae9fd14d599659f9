using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The suite against a sample: what can be done from outside, and crashes at every moment.</summary>
internal sealed class SampleSuite
{
    readonly SampleWorld _sample;
    readonly CrashCases _crashes;

    public SampleSuite(PaymentVariant variant, Seed seed)
    {
        _sample = new(variant, seed);
        _crashes = new(_sample);
    }

    /// <summary>Runs a case.</summary>
    public CaseResult Run(ConformanceCase of) => of.Id switch
    {
        10 => _sample.RunWithShortLifetime(of, HeaderCases.ReuseAfterExpiry),
        17 => _crashes.ChargedTwice(of),
        18 => _crashes.Lost(of),
        19 => _crashes.OfKeyStore(of),
        23 => _sample.Run(of, SqlFacts.ClientMadeId, FaultPlan.None, null),
        24 => _sample.Run(of, SqlFacts.ServerMadeId, FaultPlan.None, null),
        26 => _sample.Run(of, SqlFacts.VersionBumped, FaultPlan.None, null),
        27 when _sample.Variant.Consumer is null => new(
            of, CaseOutcome.Skip, "payments are charged at once here: nothing is handed out again", [], null),
        27 => _crashes.OfConsumer(of),
        _ => _sample.Run(of, OutsideCases.Of(of)!, FaultPlan.None, null),
    };
}
