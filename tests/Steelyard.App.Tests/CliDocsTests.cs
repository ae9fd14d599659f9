using System.Text;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Tests;

/// <summary>
/// <c>docs/cli.md</c> is the help itself. After a change that is meant, run the tests once with
/// <c>STEELYARD_ACCEPT=1</c> and read the difference before it is committed.
/// </summary>
public sealed class CliDocsTests
{
    [Fact]
    public void The_documented_command_line_is_the_help_itself()
    {
        var path = Path.Combine(ToolPackageTests.Root(), "docs", "cli.md");
        var found = Document();
        if (Environment.GetEnvironmentVariable("STEELYARD_ACCEPT") == "1")
            File.WriteAllText(path, found);

        Assert.Equal(File.ReadAllText(path), found);
    }

    static string Document()
    {
        var text = new StringBuilder(
            "# The command line\n\nWritten by the help itself; a test keeps it so.\n");
        foreach (var command in new[]
            { "", "run", "check", "hunt", "sweep", "replay", "conform", "list", "doctor" })
            Add(text, command);
        foreach (var design in EveryDesign.All)
            Add(text, $"run {design.Name}");
        return text.ToString();
    }

    static void Add(StringBuilder text, string command)
    {
        using var output = new StringWriter();
        var words = $"{command} --help".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = CommandLine.Execute(words, EveryDesign.All, new(output, output, false, false));
        Assert.Equal(0, code);
        var help = string.Join(
            '\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
        text.Append($"\n## steelyard {command}".TrimEnd())
            .Append("\n\n```\n").Append(help.Trim()).Append("\n```\n");
    }
}
