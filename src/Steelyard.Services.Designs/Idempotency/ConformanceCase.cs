using System.Globalization;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>One case of the suite.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">A few words.</param>
/// <param name="Stimulus">What is done to the service.</param>
/// <param name="Expected">What it should do.</param>
/// <param name="Force">How much it should: MUST, SHOULD …, or <c>conformance</c> where money depends on
/// it.</param>
/// <param name="Source">Who says so.</param>
public sealed record ConformanceCase(
    int Id, string Name, string Stimulus, string Expected, string Force, string Source)
{
    /// <summary>All of them, from <c>cases.tsv</c>.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } = [.. Read()];

    /// <summary>Whether a service that fails it is broken, rather than less helpful than it might
    /// be.</summary>
    public bool IsBinding =>
        Force.StartsWith("MUST", StringComparison.Ordinal) || Force == "conformance";

    static IEnumerable<ConformanceCase> Read()
    {
        using var stream = typeof(ConformanceCase).Assembly.GetManifestResourceStream("cases.tsv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            yield return new(
                int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], fields[2], fields[3],
                fields[4], fields[5]);
        }
    }
}

/// <summary>How a case ended.</summary>
public enum CaseOutcome
{
    /// <summary>As expected.</summary>
    Pass,

    /// <summary>Otherwise.</summary>
    Fail,

    /// <summary>It could not be tried; the explanation says why.</summary>
    Skip,
}

/// <summary>One request and its reply.</summary>
/// <param name="Sent">What was sent, in a line.</param>
/// <param name="Came">What came back, in a line.</param>
public sealed record Exchange(string Sent, string Came);

/// <summary>What came of a case.</summary>
/// <param name="Case">Which.</param>
/// <param name="Outcome">Pass, Fail or Skip.</param>
/// <param name="Explanation">One plain sentence.</param>
/// <param name="Exchanges">What was sent and what came back, in order.</param>
/// <param name="Effects">How many effects the payment of the case had; null where nobody counted.</param>
public sealed record CaseResult(
    ConformanceCase Case, CaseOutcome Outcome, string Explanation, IReadOnlyList<Exchange> Exchanges,
    int? Effects);

/// <summary>What came of the suite.</summary>
/// <param name="Target">What was tested, as the user named it.</param>
/// <param name="Results">A result for each case, in order.</param>
public sealed record ConformanceResult(string Target, IReadOnlyList<CaseResult> Results)
{
    /// <summary>How many ended so.</summary>
    public int Count(CaseOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    /// <summary>Whether nothing failed that counts.</summary>
    /// <param name="strict">True to let what only should be count too.</param>
    public bool Holds(bool strict) => !Results.Any(
        result => result.Outcome == CaseOutcome.Fail && (strict || result.Case.IsBinding));
}
