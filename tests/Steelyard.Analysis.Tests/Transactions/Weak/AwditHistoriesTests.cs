using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions.Weak;

/// <summary>AWDIT's own test histories: each stands in a folder named after the strongest level it
/// keeps.</summary>
public class AwditHistoriesTests(ITestOutputHelper output)
{
    static readonly string[] Levels = ["read-committed", "read-atomic", "causal"];

    [Fact]
    public void Every_verdict_that_AWDIT_recorded_is_ours()
    {
        var compared = 0;
        foreach (var (path, expected) in Rows())
            foreach (var (place, level) in Levels.Index())
            {
                var history = HistoryFile.Read(SharedFolder.File(path)!);
                var verdict = new RwRegister(level).Check(history);
                Assert.True(
                    expected[place] == (verdict.Validity == Validity.Valid),
                    $"{path} as {level}: {verdict.Summary}");
                Assert.Equal(expected[place], verdict.HeldModels.Contains(level));
                compared++;
            }

        output.WriteLine($"{compared} verdicts agree");
    }

    // The verdicts stand in the index: "RC yes, RA no, CC no".
    static IEnumerable<(string Path, bool[] Expected)> Rows()
    {
        if (SharedFolder.File("INDEX.tsv") is not { } index)
            yield break;
        foreach (var line in File.ReadLines(index))
            if (line.Split('\t') is [var path, _, "awdit-test-text", _, _, var verdicts, ..])
                yield return (path, [.. verdicts.Split(", ").Select(one => one.EndsWith("yes"))]);
    }
}
