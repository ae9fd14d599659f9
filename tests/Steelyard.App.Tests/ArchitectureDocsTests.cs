using System.Text;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.App.Tests;

/// <summary><c>docs/architecture-parts.md</c> is what can be said of parts, itself; accepted as
/// <see cref="CliDocsTests"/> is.</summary>
public sealed class ArchitectureDocsTests
{
    [Fact]
    public void The_documented_settings_are_those_that_files_may_have()
    {
        var path = Path.Combine(ToolPackageTests.Root(), "docs", "architecture-parts.md");
        var found = Document();
        if (Environment.GetEnvironmentVariable("STEELYARD_ACCEPT") == "1")
            File.WriteAllText(path, found);

        Assert.Equal(File.ReadAllText(path), found);
    }

    static string Document()
    {
        var text = new StringBuilder("""
            # What can be said of the parts of an architecture

            Written by what reads them; a test keeps it so. [architectures.md](
                architectures.md) tells how they go together. On the
            command line each is an option too: `--api.workers 8`, and of a call `--api.db.timeout 200ms`.

            """);
        foreach (var (kind, meaning, make) in PartKinds.All)
            Add(text, $"is: {kind}", meaning, make("part").Settings, make("part"));
        Add(text, "calls", "of a part: each `{ to: part, … }`, or its name alone", Edge.Settings, new Edge(
            "part"));
        Add(text, "tolerates", "of the whole file: what `--faults all` stays within",
            ToleratedFaults.Settings, new ToleratedFaults());
        Add(text, "A push", "on the command line alone: `--kick load --kick-size 3`", Push.Settings,
            new Push());
        return text.ToString();
    }

    static void Add<T>(
        StringBuilder text, string title, string meaning, IReadOnlyList<Setting<T>> settings, T usual)
    {
        text.Append($"\n## {title}\n\n{meaning}\n\n| key | what it is | what may stand there | usual"
            + $" |\n|---|---|---|---|\n");
        foreach (var setting in settings)
            text.Append(
                $"| `{setting.Key}` | {setting.Meaning} |"
                    + $" {setting.Shape.Replace("|", "\\|", StringComparison.Ordinal)}"
                + $" | {setting.Show(usual)} |\n");
    }
}
