using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class MapperTests
{
    [Fact]
    public void Code_on_Dapper_joins_the_world_as_it_is() => ServicesTest.Run<DapperCounters>(1..3);

    [Fact]
    public void Code_on_EF_Core_joins_the_world_as_it_is() => ServicesTest.Run<EfCoreCounters>(1..3);

    [Fact]
    public void A_library_takes_nothing_into_a_run_that_differs_in_the_next_process() =>
        Assert.Equal(HashOf<EfCoreCounters>(), HashOf<EfCoreCounters>());

    static ulong HashOf<TScenario>()
        where TScenario : IServicesScenario
    {
        var run = FreshRun.Of<TScenario>(3);
        Assert.True(run.Operations > 900, $"expected some 1,000 operations, found {run.Operations}");
        return run.HistoryHash;
    }
}
