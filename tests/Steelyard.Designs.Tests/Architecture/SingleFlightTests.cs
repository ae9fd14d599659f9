using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

public sealed class SingleFlightTests
{
    static readonly TimeSpan s_lookUp = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(CachePart.Aside, true, false)]
    [InlineData(CachePart.Aside, false, true)]
    [InlineData(CachePart.ReadThrough, true, false)]
    public void However_many_miss_a_key_it_is_looked_up_once(string mode, bool coalesce, bool leases) =>
        Assert.Equal(1, LookUps(new("cache") { Mode = mode, Coalesce = coalesce, Leases = leases }));

    [Theory]
    [InlineData(CachePart.Aside)]
    [InlineData(CachePart.ReadThrough)]
    public void Without_it_each_of_those_who_miss_it_looks_it_up(string mode) =>
        // 1,000 a second, for a tenth of a second and the messages.
        Assert.InRange(LookUps(new("cache") { Mode = mode }), 60, 145);

    [Fact]
    public void Who_looks_a_key_up_and_fails_is_followed_by_another_one_when_its_lease_has_run_out()
    {
        var slow = TimeSpan.FromSeconds(30);
        var cache = new CachePart("cache") { Leases = true, LeaseFor = TimeSpan.FromSeconds(1) };

        // At 0, 1, 2, 3 and 4 s.
        Assert.Equal(5, LookUps(cache, slow, seconds: 4.5));
    }

    static long LookUps(CachePart cache, TimeSpan? time = null, double seconds = 1)
    {
        var isAside = cache.Mode == CachePart.Aside;
        var lookUp = new Edge("db") { Timeout = TimeSpan.FromMilliseconds(500) };
        var graph = new ArchitectureGraph("flight",
        [
            new ClientsPart("users") { Rate = 1_000, Calls = [new("api")] },
            new ServicePart("api") { Calls = isAside ? [new("cache"), lookUp] : [new("cache")] },
            cache with { Calls = isAside ? [] : [lookUp] },
            new DatabasePart("db") { Time = TakesTime.Always(time ?? s_lookUp) },
        ])
        {
            Duration = TimeSpan.FromSeconds(seconds), Settle = TimeSpan.FromMilliseconds(10),
        };
        var world = new SimulatedWorld().Execute(
            ArchitectureScenario.Of(graph), FaultPlan.None, new(1), RunControl.None);
        return ((ArchitectureAccount)world.Account!).MetersOf("db")[0].Came;
    }
}
