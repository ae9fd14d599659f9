using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The suite against a user's own scenario: what can be done from outside, and crashes at every
/// moment.</summary>
internal sealed class AppSuite(AppWorld world)
{
    readonly CrashCases _crashes = new(world);

    /// <summary>Runs a case.</summary>
    public CaseResult Run(ConformanceCase of) => of.Id switch
    {
        17 => _crashes.ChargedTwice(of),
        18 => _crashes.Lost(of),
        19 when world.KeyStore.Count == 0 =>
            Skip(of, "the scenario has no database that could hold the keys"),
        19 => _crashes.OfKeyStore(of),
        23 or 24 or 26 => Skip(of, "it is asked of a database, and of no service"),
        27 => _crashes.OfConsumer(of),
        _ => world.Run(of, OutsideCases.Of(of)!, FaultPlan.None, null),
    };

    static CaseResult Skip(ConformanceCase of, string why) => new(of, CaseOutcome.Skip, why, [], null);
}
