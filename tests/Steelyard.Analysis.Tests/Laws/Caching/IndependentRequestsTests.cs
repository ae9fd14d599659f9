using Steelyard.Analysis.Laws.Caching;

namespace Steelyard.Analysis.Tests.Laws.Caching;

public class IndependentRequestsTests
{
    [Fact]
    public void Che_s_approximation_comes_out()
    {
        var compared = 0;
        foreach (var row in TruthRows.Of("cache").Where(row => row["kind"] == "IRM Zipf"))
        {
            var requests =
                IndependentRequests.Zipf((int)row["workload"].After("N="), row["workload"].After("alpha="));
            var size = (int)row["config"].After("size=");
            var found = row["policy_or_quantity"] switch
            {
                "LRU (Che)" => requests.Lru(size),
                "FIFO/RANDOM (Che)" => requests.Fifo(size),
                _ => requests.Best(size),
            };
            Assert.Equal(
                row["ratio"].Length > 0 ? row["ratio"].Number() : row["value"].Number(), found, 1e-5);
            compared++;
        }

        Assert.True(compared > 10);
    }
}
