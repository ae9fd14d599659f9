using System.CommandLine;
using Steelyard.Files;
using Steelyard.Pipelines;

namespace Steelyard.App.Commands;

/// <summary>What a command does for a pipeline: the files that it leaves, and what it does not say.</summary>
internal sealed class PipelineOptionSet
{
    readonly Option<string?> _junit = CommonOptionSet.Text(
        "--junit", "file", "Write what was judged as JUnit's XML, which pipelines list as tests");
    readonly Option<string?> _sarif = CommonOptionSet.Text(
        "--sarif", "file", "Write what did not hold as SARIF, which code scanning lists");
    readonly Option<string?> _summary = CommonOptionSet.Text(
        "--summary", "file", "Add what was judged to a file as Markdown, such as \"$GITHUB_STEP_SUMMARY\"");

    readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Print only what did not hold, and how to see it again",
        Recursive = true,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_junit, _sarif, _summary, _quiet];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>Whether only what did not hold is to be printed.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>Writes the files that were asked for.</summary>
    /// <param name="parsed">What was asked.</param>
    /// <param name="elapsed">How long the command took.</param>
    /// <param name="suites">What was judged.</param>
    /// <exception cref="Steelyard.Histories.UserMistakeException">There can be no such file.</exception>
    public void Write(ParseResult parsed, TimeSpan elapsed, params IReadOnlyList<PipelineSuite> suites)
    {
        if (parsed.GetValue(_junit) is { } junit)
            AtomicFile.Write(junit, stream => JUnitReport.Write(stream, suites, elapsed));
        if (parsed.GetValue(_sarif) is { } sarif)
            AtomicFile.Write(sarif, stream => SarifReport.Write(stream, suites));
        if (parsed.GetValue(_summary) is { } summary)
            AtomicFile.Write(summary, Before(summary) + MarkdownReport.Write(suites));
    }

    static string Before(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
