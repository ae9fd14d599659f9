using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

public class ConsistencyLatticeTests
{
    [Theory]
    [InlineData("G0", "read-uncommitted")]
    [InlineData("G1c", "read-committed")]
    [InlineData("internal", "read-atomic")]
    [InlineData("lost-update", "cursor-stability update-atomic")]
    [InlineData("G-single-item", "consistent-view repeatable-read")]
    [InlineData("G-nonadjacent-item", "snapshot-isolation repeatable-read")]
    [InlineData("G2-item", "repeatable-read")]
    [InlineData("G1c-process", "strong-session-read-committed")]
    [InlineData("G-single-item-process", "strong-session-snapshot-isolation")]
    [InlineData("G2-item-process", "strong-session-serializable")]
    [InlineData("G2-item-realtime", "strict-serializable")]
    public void An_anomaly_rules_out_its_models_from_the_weakest_upward(string anomaly, string weakest)
    {
        var ruledOut = ConsistencyLattice.RuledOut(anomaly);

        Assert.Equal(
            weakest.Split(' ').Order(StringComparer.Ordinal),
            ConsistencyLattice.Weakest(ruledOut).Order(StringComparer.Ordinal));
        Assert.Contains("strict-serializable", ruledOut);
    }

    [Fact]
    public void What_rules_out_a_model_rules_out_all_that_imply_it()
    {
        foreach (var anomaly in ConsistencyLattice.AnomalyNames)
        {
            var ruledOut = ConsistencyLattice.RuledOut(anomaly);
            // What transactions show of several keys is nothing to words of single objects.
            foreach (var model in ConsistencyLattice.ModelNames)
                if (model is not ("linearizable" or "2-atomic" or "sequential")
                    && ConsistencyLattice.Implied(model).Any(ruledOut.Contains))
                    Assert.Contains(model, ruledOut);
        }
    }

    [Fact]
    public void Every_recorded_boundary_of_Elle_is_ours()
    {
        var cases = ElleCase.All("list-append").Concat(ElleCase.All("rw-register"));
        foreach (var one in cases)
            foreach (var verdict in one.Verdicts.Where(verdict => verdict.Validity == Validity.Invalid
                && verdict.Options["anomalies"].IsNil))
            {
                // Elle names a cycle it has no time for by the model it breaks.
                var anomalies = verdict.Anomalies.Select(
                    type => type == "strong-PL-2-cycle-exists" ? "G1c-realtime" : type);
                Assert.Equal(
                    verdict.Not.Order(StringComparer.Ordinal),
                    ConsistencyLattice.Weakest(ConsistencyLattice.RuledOut(anomalies))
                        .Order(StringComparer.Ordinal));
            }
    }

    [Fact]
    public void An_unknown_model_is_the_users_mistake() =>
        Assert.Contains(
            "found \"perfect\"",
            Assert.Throws<UserMistakeException>(() => new ListAppend("perfect")).Message,
            StringComparison.Ordinal);
}
