using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Elle's own test histories of registers, against Elle's recorded verdicts.</summary>
public class ElleRwRegisterTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_verdict_that_Elle_recorded_is_ours()
    {
        var compared = 0;
        foreach (var one in ElleCase.All("rw-register"))
            foreach (var expected in one.Verdicts)
            {
                // Orders of transactions from outside the history are not ours to take.
                if (!expected.Options["anomalies"].IsNil || !expected.Options["transaction-order"].IsNil)
                    continue;
                foreach (var model in expected.Models.DefaultIfEmpty("strict-serializable"))
                {
                    var asked = model == "strong-serializable" ? "strict-serializable" : model;
                    var verdict = new RwRegister(asked, OrdersOf(expected.Options)).Check(one.History);
                    AssertSame(one, asked, expected, verdict);
                    compared++;
                }
            }

        output.WriteLine($"{compared} verdicts agree");
    }

    [Fact]
    public void The_recorded_history_reads_a_version_again_after_one_that_nobody_in_it_wrote()
    {
        if (SharedFolder.File("elle-cli/elle/rw-register.edn") is { } file)
            Assert.Equal(Validity.Invalid, new RwRegister().Check(HistoryFile.Read(file)).Validity);
    }

    static void AssertSame(ElleCase one, string model, ElleVerdict expected, Verdict verdict)
    {
        var told = $"case {one.Id} as {model}: {verdict.Summary}; Elle said {expected.Validity}"
            + $" {string.Join(' ', expected.Anomalies)} with {expected.Options}\n"
            + string.Join('\n', verdict.Anomalies.Select(found => $"{found.Type}: {found.Explanation}"));
        // Elle's Valid says that nothing follows from the orders given; ours that some order explains all. It
        // does not look at values that nobody wrote; we find what no writer of them explains.
        var saysLess = expected.Validity == Validity.Valid && (verdict.Validity == Validity.Unknown
            || verdict.Anomalies.All(found =>
                found.Explanation.Contains("the unseen writer", StringComparison.Ordinal)));
        Assert.True(expected.Validity == verdict.Validity || saysLess, told);
        if (saysLess)
            return;
        var ours = verdict.Anomalies.Select(found => found.Type).ToHashSet(StringComparer.Ordinal);
        // In case 21 one transaction read what another wrote, and wrote the next version: a cycle by either
        // edge. Elle names it by the read, we by the write, which is graver and rules out all that the other
        // does.
        if (ours.Contains("G0-realtime"))
            ours.Add("G1c-realtime");
        foreach (var type in expected.Anomalies.Where(type => type != "empty-transaction-graph"))
            Assert.True(ours.Contains(type), $"{type} is missing: {told}");
        var more = ours.Where(type => !type.EndsWith("-process", StringComparison.Ordinal)
            && !type.EndsWith("-realtime", StringComparison.Ordinal)
            && !expected.Anomalies.Contains(type) && ConsistencyLattice.Forbids(model, type));
        Assert.True(!more.Any(), $"{string.Join(' ', more)} is new: {told}");
    }

    static VersionOrders OrdersOf(Value options)
    {
        var orders = VersionOrders.None;
        if (IsOn(options["wfr-keys?"]))
            orders |= VersionOrders.WritesFollowReads;
        if (IsOn(options["sequential-keys?"]))
            orders |= VersionOrders.SequentialKeys;
        if (IsOn(options["linearizable-keys?"]))
            orders |= VersionOrders.LinearizableKeys;
        return orders;
    }

    static bool IsOn(Value option) => !option.IsNil && option.AsBoolean;
}
