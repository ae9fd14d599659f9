using Steelyard.Checks;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Tests.Checks;

/// <summary>Recorded workloads of elle-cli with known verdicts; they stand beside the repository, or are
/// skipped.</summary>
public class RecordedWorkloadsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_recorded_workload_has_its_known_verdict()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "histories"));
        var index = Path.Combine(folder, "INDEX.tsv");
        if (!File.Exists(index))
        {
            output.WriteLine("skipped: ../shared/histories is not there");
            return;
        }

        var rows = File.ReadLines(index).Select(line => line.Split('\t'))
            .Where(row => row[0].StartsWith("elle-cli/jepsen/", StringComparison.Ordinal)).ToList();
        foreach (var row in rows)
        {
            var check = HistoryCheck.Of(
                Path.Combine(folder, row[0]), new CheckRequest { Model = row[4] }, new([]));
            foreach (var verdict in check.Verdicts)
                output.WriteLine($"{row[0]}: {verdict.Validity}: {verdict.Summary}");
            var valid = check.Verdicts.All(verdict => verdict.Validity == Validity.Valid);
            var invalid = check.Verdicts.Any(verdict => verdict.Validity == Validity.Invalid);
            Assert.True(row[5] == (valid ? "valid" : invalid ? "invalid" : "unknown"), row[0]);
        }

        Assert.True(rows.Count >= 5, "too few recorded workloads were found");
    }
}
