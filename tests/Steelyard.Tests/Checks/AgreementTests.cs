using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Tests.Checks;

/// <summary>
/// Every public recording of <c>../shared/histories</c> with a stated verdict, judged as <c>steelyard check
/// file --model … --consistency …</c> does. Skipped, in a plain line, where the folder is not there.
/// </summary>
public class AgreementTests(ITestOutputHelper output)
{
    // 2 was written once, and read, with a 3 read between: no order explains it. Elle does not look at values
    // that nobody wrote, so its Valid says only that nothing else contradicts.
    const string ReadsUnwritten = "elle-cli/elle/rw-register.edn";

    [Fact]
    public void Every_recorded_history_gets_the_verdict_stated_for_it()
    {
        if (StatedVerdicts.Folder is not { } folder)
        {
            output.WriteLine("skipped: no ../shared/histories beside the repository");
            return;
        }

        var rows = StatedVerdicts.All(folder).Where(CanBeRead).ToList();
        var differing = new List<string>();
        foreach (var set in rows.Where(row => row.Verdicts.Count > 0).GroupBy(DataSet))
        {
            var found = set.SelectMany(row => row.Verdicts.Select(stated => Judge(folder, row, stated)))
                .ToList();
            differing.AddRange(found.OfType<string>());
            output.WriteLine($"{set.Key}: {found.Count(difference => difference is null)} of {found.Count}"
                + $" verdicts agree, {set.Count()} histories");
        }

        foreach (var row in rows.Where(row => row.Verdicts.Count == 0))
            output.WriteLine($"{row.Path}: no verdict is stated in the index");
        Assert.True(differing.Count == 0, string.Join('\n', differing));
        Assert.True(rows.Count > 190, $"only {rows.Count} rows were found");
    }

    // AWDIT's files have a reader of their own.
    static bool CanBeRead(StatedVerdicts row) =>
        !row.Path.StartsWith("awdit/", StringComparison.Ordinal) || HistoryFormats.Names.Contains("awdit");

    static string DataSet(StatedVerdicts row) => string.Join('/', row.Path.Split('/')[..^1].Take(2));

    // Null when they agree.
    static string? Judge(
        string folder, StatedVerdicts row, (string? Consistency, Validity Validity) stated)
    {
        if (row.Path == ReadsUnwritten)
            stated.Validity = Validity.Invalid;
        var what = $"{row.Path} as {row.Model} {stated.Consistency}: expected {stated.Validity}";
        try
        {
            var check = HistoryCheck.Of(
                Path.Combine(folder, row.Path),
                new CheckRequest { Model = row.Model, Consistency = stated.Consistency }, new([]));
            var found = Verdict.Overall(check.Verdicts);
            return found == stated.Validity ? null : $"{what}, found {found}: {check.Verdicts[0].Summary}";
        }
        catch (UserMistakeException mistake)
        {
            return $"{what}, found a mistake: {mistake.Message}";
        }
    }
}
