using Steelyard.Analysis.Laws.Storage;

namespace Steelyard.Analysis.Tests.Laws.Storage;

public class StorageTests
{
    [Fact]
    public void Write_amplification_comes_out()
    {
        foreach (var row in TruthRows.Of("storage").Where(row =>
            row["config"].StartsWith("n=", StringComparison.Ordinal)))
            Assert.Equal(row["value"].Number(), Amplification.LeveledWrites(
                (int)row["config"].After("n="), 1024), 1e-3);
        Assert.Equal(128, Amplification.BTreeWrites(16_384, 128));
        Assert.Equal(4, Amplification.TieredWrites(4));
        Assert.Equal(32, Amplification.LeveledWritesAtMost(4, 10));
    }
}
