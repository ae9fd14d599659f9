using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Versions;

public class VersionOrderSearchTests
{
    // Two who see two writes in opposite orders: no snapshots, but parallel ones.
    static readonly string[] LongFork = ["w x 1", "w y 1", "r x 1, r y nil", "r y 1, r x nil"];

    [Theory]
    [InlineData("consistent-view")]
    [InlineData("parallel-snapshot-isolation")]
    [InlineData("update-atomic")]
    [InlineData("monotonic-view")]
    [InlineData("cursor-stability")]
    public void A_long_fork_keeps_what_asks_for_no_common_order_of_snapshots(string model)
    {
        var verdict = new RwRegister(model).Check(Many(LongFork, 10));

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Contains("snapshot-isolation", verdict.NotModels);
        Assert.Contains("update-serializable", verdict.HeldModels);
    }

    [Theory]
    [InlineData("cursor-stability", "r x nil, r y 2, w x 1", "w x 2, w y 2")]
    [InlineData("update-atomic", "r y nil, w x 1, w z 1", "r z nil, w x 2, w y 2")]
    public void What_no_order_of_versions_explains_is_told_with_few_transactions(
        string model, params string[] transactions)
    {
        var verdict = new RwRegister(model).Check(Many(transactions, 10));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal([0, 1], verdict.Anomalies.First(found => found.Type == $"not-{model}").Witness);
    }

    [Fact]
    public void Above_the_limit_it_is_said_what_was_not_looked_at()
    {
        var small = new RwRegister("consistent-view").Check(Many(LongFork, 1_020));
        var large = new RwRegister("consistent-view").Check(Many(LongFork, 1_021));

        Assert.Equal(Validity.Valid, small.Validity);
        Assert.Equal(Validity.Unknown, large.Validity);
        Assert.Equal(
            "orders of versions are tried for consistent-view up to 1,024 transactions", large.Exhausted);
        Assert.Contains("consistent-view", large.UndecidedModels);
    }

    static History Many(string[] transactions, int more) => WrittenTransactions.AtOnce(
        [.. transactions, .. Enumerable.Range(0, more).Select(i => $"w other{i} 1")]);
}
