using System.Text;
using Steelyard.Analysis.Transactions;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>The lattice in <c>docs/transactions.md</c> is drawn from the data. After a change that is
/// meant, run the
/// tests once with <c>STEELYARD_ACCEPT=1</c> and read the difference before it is committed.</summary>
public class TransactionsPageTests
{
    const string Start = "<!-- drawn from the data -->\n";
    const string End = "<!-- end -->";

    [Fact]
    public void The_lattice_in_the_docs_is_the_data()
    {
        var path = Path.Combine(Root(), "docs", "transactions.md");
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length,
            page.IndexOf(End, StringComparison.Ordinal));
        var drawn = Drawn();
        if (Environment.GetEnvironmentVariable("STEELYARD_ACCEPT") == "1")
            File.WriteAllText(path, page[..from] + drawn + page[to..]);

        Assert.Equal(File.ReadAllText(path)[from..^(page.Length - to)], drawn);
    }

    static string Drawn()
    {
        var text = new StringBuilder("```mermaid\ngraph TD\n");
        foreach (var model in ConsistencyLattice.ModelNames.Reverse())
            foreach (var weaker in Direct(model))
                text.Append("    ").Append(model).Append(" --> ").Append(weaker).Append('\n');
        text.Append("```\n\n| model | forbids, beyond what the models it implies forbid |\n|---|---|\n");
        foreach (var model in ConsistencyLattice.ModelNames)
        {
            var forbids = ConsistencyLattice.AnomalyNames.Where(anomaly =>
                ConsistencyLattice.Forbids(model, anomaly)
                && !Direct(model).Any(weaker => ConsistencyLattice.Forbids(weaker, anomaly))).ToList();
            if (forbids.Count > 0)
                text.Append("| ").Append(model).Append(" | ").AppendJoin(", ", forbids).Append(" |\n");
        }

        return text.Append('\n').ToString();
    }

    static IEnumerable<string> Direct(string model)
    {
        var implied = ConsistencyLattice.Implied(model).Where(weaker => weaker != model).ToList();
        return ConsistencyLattice.Strongest(implied);
    }

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Steelyard.slnx")))
            at = at.Parent;
        return at.FullName;
    }
}
