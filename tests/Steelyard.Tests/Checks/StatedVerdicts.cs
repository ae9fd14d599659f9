using System.Text.RegularExpressions;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>A row of <c>../shared/histories/INDEX.tsv</c>: a recorded history and what is known of
/// it.</summary>
/// <param name="Path">The file, under that folder.</param>
/// <param name="Model">The word after <c>--model</c>.</param>
/// <param name="Verdicts">What the row states: a consistency model, or null for the model's own, and the
/// verdict.</param>
internal sealed partial record StatedVerdicts(
    string Path, string Model, IReadOnlyList<(string? Consistency, Validity Validity)> Verdicts)
{
    /// <summary>The folder of recorded histories, or null when it is not beside the repository.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The rows.</summary>
    public static IEnumerable<StatedVerdicts> All(string folder) =>
        File.ReadLines(System.IO.Path.Combine(folder, "INDEX.tsv")).Skip(1)
            .Select(line => line.Split('\t'))
            .Select(row => new StatedVerdicts(row[0], row[4], [.. Read(row[5])]));

    static IEnumerable<(string? Consistency, Validity Validity)> Read(string expected) => expected switch
    {
        "linearizable" or "valid" => [(null, Validity.Valid)],
        "not-linearizable" or "invalid" => [(null, Validity.Invalid)],
        _ => Statement().Matches(expected).SelectMany(match => match.Groups["names"].Value.Split('/')
            .Select(name => ((string?)FullName(name), ValidityOf(match.Groups["holds"].Value)))),
    };

    static Validity ValidityOf(string word) => word is "yes" or "true" ? Validity.Valid : Validity.Invalid;

    static string FullName(string name) => name switch
    {
        "RC" => "read-committed",
        "RA" => "read-atomic",
        "CC" => "transactional-causal",
        "SI" => "snapshot-isolation",
        _ => name,
    };

    static string? Find()
    {
        var folder = System.IO.Path.GetFullPath(
            System.IO.Path.Combine(Repository.Root, "..", "shared", "histories"));
        return File.Exists(System.IO.Path.Combine(folder, "INDEX.tsv")) ? folder : null;
    }

    [GeneratedRegex(
        "(?<names>[A-Za-z/-]+)[ =](?<holds>yes|no|true|false)\\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Statement();
}
