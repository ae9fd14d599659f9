using Steelyard.Analysis.Transactions;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Elle's own test histories of lists, against Elle's recorded verdicts.</summary>
public class ElleListAppendTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_verdict_that_Elle_recorded_is_ours()
    {
        var compared = 0;
        foreach (var one in ElleCase.All("list-append"))
            foreach (var expected in one.Verdicts)
            {
                if (expected.Options["anomalies"].Kind == ValueKind.List)
                    continue;
                foreach (var model in expected.Models.DefaultIfEmpty("strict-serializable"))
                {
                    // Elle calls it by both names.
                    var asked = model == "strong-serializable" ? "strict-serializable" : model;
                    var verdict = new ListAppend(asked).Check(one.History);
                    if (expected.Models.Count < 2)
                        Assert.True(
                            expected.Validity == verdict.Validity, Told(one, asked, expected, verdict));
                    AssertAnomalies(one, asked, expected, verdict);
                    compared++;
                }
            }

        output.WriteLine($"{compared} verdicts agree");
    }

    static void AssertAnomalies(ElleCase one, string model, ElleVerdict expected, Verdict verdict)
    {
        var ours = verdict.Anomalies.Select(found => found.Type).ToHashSet(StringComparer.Ordinal);
        foreach (var type in expected.Anomalies)
        {
            // No anomaly but a reason to say nothing; and a cycle that Elle ran out of time to name.
            if (type is "empty-transaction-graph" || type.EndsWith("-cycle-exists", StringComparison.Ordinal))
                continue;
            Assert.True(ours.Contains(type), $"{type} is missing: {Told(one, model, expected, verdict)}");
        }

        // Elle looks only at the orders that the model asked for needs, and passes over some cycles with more
        // grave ones; so we may name more of those with an order, and none of data alone.
        var more = ours.Where(type => !type.EndsWith("-process", StringComparison.Ordinal)
            && !type.EndsWith("-realtime", StringComparison.Ordinal)
            && !expected.Anomalies.Contains(type) && ConsistencyLattice.Forbids(model, type));
        Assert.True(!more.Any(), $"{string.Join(' ', more)} is new: {Told(one, model, expected, verdict)}");
    }

    static string Told(ElleCase one, string model, ElleVerdict expected, Verdict verdict) =>
        $"case {one.Id} as {model}: {verdict.Summary}; Elle said {expected.Validity}"
        + $" {string.Join(' ', expected.Anomalies)}\n"
        + string.Join('\n', verdict.Anomalies.Select(found => $"{found.Type}: {found.Explanation}"));
}
