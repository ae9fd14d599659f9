using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>Public recorded histories with known verdicts; they stand beside the repository, or are
/// skipped.</summary>
public class RecordedObjectsTests(ITestOutputHelper output)
{
    static readonly Dictionary<string, Func<Model>> ModelOf = new(StringComparer.Ordinal)
    {
        ["register"] = () => KnownModels.Register(),
        ["cas-register"] = () => KnownModels.CasRegister(),
        ["multi-register"] = KnownModels.MultiRegister,
        ["kv"] = () => KnownModels.Kv(),
        ["queue"] = KnownModels.Queue,
        ["stack"] = KnownModels.Stack,
        ["collection-set"] = KnownModels.Set,
    };

    [Fact]
    public void Every_recorded_history_has_its_known_verdict()
    {
        if (Folder() is not { } folder)
        {
            output.WriteLine("skipped: ../shared/histories is not there");
            return;
        }

        var judged = 0;
        foreach (var row in Rows(folder))
        {
            var (model, history) = (ModelOf[row[4]](), HistoryFile.Read(Path.Combine(folder, row[0])));
            var verdict = new Linearizable(model).Check(history);
            var expected = row[5] == "linearizable" ? Validity.Valid : Validity.Invalid;
            Assert.True(verdict.Validity == expected, $"{row[0]}: not {row[5]} but {verdict.Summary}");
            if (expected == Validity.Valid)
                Assert.Null(LinearizationReplayer.Fault(model, history, verdict.Linearization!));
            else
                Assert.NotEmpty(verdict.Anomalies[0].Witness);
            judged++;
        }

        Assert.True(judged > 100, $"only {judged} histories found");
        output.WriteLine($"{judged} recorded histories agree");
    }

    static IEnumerable<string[]> Rows(string folder) => File.ReadLines(Path.Combine(folder, "INDEX.tsv"))
        .Where(l => l.StartsWith("porcupine/", StringComparison.Ordinal)
            || l.StartsWith("knossos/", StringComparison.Ordinal)
            || l.StartsWith("limo/", StringComparison.Ordinal)
            || l.StartsWith("fptlin/", StringComparison.Ordinal))
        .Select(l => l.Split('\t'))
        .Where(
            row => ModelOf.ContainsKey(row[4]) && row[5].EndsWith("linearizable", StringComparison.Ordinal));

    static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.Parent?.FullName ?? "/", "shared", "histories");
            if (File.Exists(Path.Combine(at.FullName, "Steelyard.slnx")))
                return File.Exists(Path.Combine(folder, "INDEX.tsv")) ? folder : null;
        }

        return null;
    }
}
