namespace Steelyard.Designs.Tests.Systems;

public sealed class SessionsTests
{
    [Theory]
    [InlineData("crash")]
    [InlineData("deploy")]
    [InlineData("scale-in")]
    public void Sessions_in_memory_go_with_their_instance_and_others_do_not(string what)
    {
        Assert.Equal("no-lost-effects; own-writes-missed", Run($"state memory event {what}").Broken);
        Assert.Equal("", Run($"state store event {what}").Broken);
        Assert.Equal("", Run($"state token event {what}").Broken);
    }

    [Fact]
    public void Memory_will_do_while_instances_stay_and_sessions_stay_with_them()
    {
        Assert.Equal("", Run("state memory event nothing").Broken);
        Assert.Equal("own-writes-missed", Run("state memory event nothing balance round-robin").Broken);
    }

    [Fact]
    public void A_crash_loses_the_sessions_of_its_instance_that_had_anything_to_lose()
    {
        // 250 of 1,000 are there; each writes once in ten seconds, and it crashes after ten.
        var (law, share) = (250 * (1 - Math.Exp(-1)), Math.Exp(-1));

        Assert.InRange(
            Run("state memory event crash")["api-sessions-lost"], law - (4 * Math.Sqrt(law * share)),
            law + (4 * Math.Sqrt(law * share)));
    }

    [Fact]
    public void A_crash_fails_the_share_of_its_instance_until_health_checks_have_seen_it()
    {
        var crash = Run("state store event crash").Account.Counted;

        // A quarter of 500 a second, for two probes in a row: 1 to 1.5 s, a second less of the time limit.
        Assert.InRange(crash.Due - crash.Answered, 125 * 0.5, 125 * 1.75);
        var deploy = Run("state store event deploy").Account.Counted;
        Assert.Equal(deploy.Due, deploy.Answered);
    }

    [Fact]
    public void A_token_is_sent_with_each_request_and_a_store_is_asked_for_each()
    {
        var (store, token) = (Run("state store event nothing"), Run("state token event nothing"));

        Assert.Equal(store.Account.Counted.Due, store.Account.MetersOf("store").Sum(meter => meter.Came));
        Assert.True(store["latency-mean"] > token["latency-mean"] + 0.5);
    }

    static MeasuredRun Run(string options) => MeasuredRun.Of("sessions", options);
}
