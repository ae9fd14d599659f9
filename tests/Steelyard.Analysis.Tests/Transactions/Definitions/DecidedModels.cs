namespace Steelyard.Analysis.Tests.Transactions.Definitions;

/// <summary>What <c>docs/models.md</c> says of how far each model of transactions is decided.</summary>
internal static class DecidedModels
{
    const string Heading = "### What is decided";

    /// <summary>By word, of list-append.</summary>
    public static IReadOnlyDictionary<string, string> OfLists => Column(1);

    /// <summary>By word, of rw-register.</summary>
    public static IReadOnlyDictionary<string, string> OfRegisters => Column(2);

    static Dictionary<string, string> Column(int column) => Page().Split(Heading)[1]
        .Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
        .Select(line => line.Trim('|').Split('|'))
        .ToDictionary(cells => cells[0].Trim(), cells => cells[column].Trim(), StringComparer.Ordinal);

    static string Page()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Steelyard.slnx")))
            at = at.Parent;
        return File.ReadAllText(Path.Combine(at.FullName, "docs", "models.md"));
    }
}
