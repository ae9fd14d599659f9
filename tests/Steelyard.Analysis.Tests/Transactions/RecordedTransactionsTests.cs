using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Public recorded histories of lists with known verdicts.</summary>
public class RecordedTransactionsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("elle-cli/elle/list-append-gh-30.edn", "G2-item", "serializable", "snapshot-isolation")]
    [InlineData("elle-cli/elle/paper-example.json", "", "strict-serializable", "")]
    [InlineData("elle/huge-scc.edn", "G2-item-realtime", "strict-serializable", "serializable")]
    [InlineData("generated/gen_ser.edn", "", "", "strict-serializable")]
    [InlineData(
        "generated/gen_stale.edn",
        "G-nonadjacent-item-process G-single-item-process G2-item-process"
        + " G-nonadjacent-item-realtime G-single-item-realtime G2-item-realtime",
        "strong-session-serializable strict-serializable", "serializable")]
    public void The_recorded_verdict_is_ours(string path, string anomalies, string broken, string kept)
    {
        if (SharedFolder.File(path) is not { } file)
            return;
        var history = HistoryFile.Read(file);
        foreach (var model in Words(broken).Concat(Words(kept)))
        {
            var verdict = new ListAppend(model).Check(history);
            var expected = Words(broken).Contains(model) ? Validity.Invalid : Validity.Valid;
            output.WriteLine($"{model}: {verdict.Summary}");
            foreach (var found in verdict.Anomalies)
                output.WriteLine($"  {found.Type}: {found.Explanation}");
            Assert.Equal(expected, verdict.Validity);
            foreach (var anomaly in Words(anomalies))
                Assert.Contains(verdict.Anomalies, found => found.Type == anomaly);
        }
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
