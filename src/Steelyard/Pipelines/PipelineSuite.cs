using System.Globalization;
using Steelyard.Checks;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;

namespace Steelyard.Pipelines;

/// <summary>What a command judged together, for JUnit, SARIF and Markdown.</summary>
/// <param name="Name">What it was: <c>bank, seed 0x1</c>.</param>
/// <param name="Cases">What was judged, in order.</param>
internal sealed record PipelineSuite(string Name, IReadOnlyList<PipelineCase> Cases)
{
    /// <summary>The command that does it again; null where there is none.</summary>
    public string? Repeat { get; init; }

    /// <summary>The file that shows it: a page, a history; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>More that is worth a line: what was left out, how many were tried.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The worst of its cases; Unknown where it has none.</summary>
    public Validity Validity => Cases.Count == 0 ? Validity.Unknown
        : Cases.Any(one => one.Validity == Validity.Invalid) ? Validity.Invalid
        : Cases.Any(one => one.Validity == Validity.Unknown) ? Validity.Unknown
        : Validity.Valid;

    /// <summary>A run.</summary>
    public static PipelineSuite Of(RunResult result, string page) => new(
        $"{result.Design.Name}, seed {result.Seed}", [.. result.Verdicts.Select(PipelineCase.Of)])
    {
        Repeat = RunCommand.Of(result.Spec),
        File = page,
        Notes = result.World.IsPartial ? ["The run was stopped before its end."] : [],
    };

    /// <summary>A hunt, a seed a case.</summary>
    public static PipelineSuite Of(HuntRequest hunt, HuntResult result) => new(
        $"{hunt.Run.Design.Name}, seeds {hunt.Tried(result)}",
        [.. result.Seeds.Select(seed => Of(hunt, seed))])
    {
        Notes =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Seeds.Count:N0} seeds tried, {result.Count(Validity.Invalid):N0} invalid,"
                + $" {result.Count(Validity.Unknown):N0} undecided"),
            .. result.IsPartial ? ["The hunt was stopped before its end."] : Array.Empty<string>(),
        ],
    };

    /// <summary>A recorded history.</summary>
    public static PipelineSuite Of(HistoryCheck check) => new(
        $"{check.Path}, {check.Model}", [.. check.Verdicts.Select(PipelineCase.Of)])
    {
        File = check.Path,
    };

    static PipelineCase Of(HuntRequest hunt, HuntedSeed seed) => new(
        $"seed {seed.Seed}", seed.Validity, seed.Summary ?? "every promise held")
    {
        Rule = seed.Checker ?? (seed.Failure is null ? "promises" : "runs-to-its-end"),
        Details = seed.Besides is { } besides ? [besides] : [],
        Repeat = RunCommand.Of(hunt.Run.With(seed.Seed).Spec),
    };
}
