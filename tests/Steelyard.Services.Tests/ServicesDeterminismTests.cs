using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class ServicesDeterminismTests
{
    static readonly bool s_isLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") is "1";

    // What every other run is held to, in the first of the fresh processes.
    static readonly Lazy<FreshRun> s_first = new(() => Alone(7));

    [Fact]
    public void Fresh_processes_give_the_same_run()
    {
        for (var process = 1; process < (s_isLong ? 100 : 4); process++)
            Assert.Equal(s_first.Value, Alone(7));
        Assert.True(s_first.Value.Operations > 900);
    }

    [Fact]
    public void A_seed_gives_the_same_run_alone_and_after_others()
    {
        var tested = TestedScenario.Of(typeof(Relays));
        using var worker = tested.CreateWorld();
        for (var seed = 1UL; seed <= (s_isLong ? 50UL : 5UL); seed++)
            FreshRun.Of(tested, worker, seed);

        Assert.Equal(s_first.Value, FreshRun.Of(tested, worker, 7));
    }

    [Fact]
    public void Another_seed_gives_another_run() =>
        Assert.NotEqual(s_first.Value.HistoryHash, Alone(8).HistoryHash);

    static FreshRun Alone(ulong seed) => FreshRun.Of<Relays>(seed);
}
