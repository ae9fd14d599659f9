using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Dns;

public sealed class DnsTests
{
    static readonly TimeSpan s_run = TimeSpan.FromSeconds(10);

    static FaultPlan Cut => new(
        [new PartitionFault { At = s_run / 5, For = s_run * 0.7, Groups = [["n1"], ["n2"]] }]);

    [EngineFact("dns", IsLong = true)]
    public void Answers_are_no_older_than_they_live() => Check(FaultPlan.None, "resolver", Validity.Valid);

    [EngineFact("dns", IsLong = true)]
    public void Nor_while_the_primary_cannot_be_asked() => Check(Cut, "resolver", Validity.Valid);

    [EngineFact("dns", IsLong = true)]
    public void A_resolver_that_serves_what_has_expired_gives_older_ones_then() =>
        Check(Cut, "serve-expired", Validity.Invalid);

    [EngineFact("dns", IsLong = true)]
    public void And_always_when_it_does_so_before_it_asks() =>
        Check(FaultPlan.None, "serve-expired-at-once", Validity.Invalid);

    [EngineFact("dns", IsLong = true)]
    public void It_still_gives_what_it_knew_when_the_primary_was_killed()
    {
        var found = LiveEngines.Try("dns", "serve-expired, TTL 2 s", "an expired answer is given");

        Assert.True(found.Occurred);
    }

    [EngineFact("dns", IsLong = true)]
    public void One_that_does_not_serve_what_has_expired_fails_then()
    {
        var found = LiveEngines.Try("dns", "resolver, TTL 2 s", "an expired answer is given");

        Assert.False(found.Occurred);
    }

    static void Check(FaultPlan plan, string config, Validity expected)
    {
        var (run, verdicts) = LiveEngines.Run("dns", plan, s_run, ("config", config));

        Assert.Equal(expected, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
