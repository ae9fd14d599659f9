using System.Text;

namespace Steelyard.Tests.Checks;

/// <summary>One block of docs/models.md: <c>text valid</c> or <c>text invalid anomaly</c>, then
/// <c>initial={…}</c> or <c>consistency=…</c>.</summary>
/// <param name="Model">The model under whose heading it stands.</param>
/// <param name="Mark">What stands behind the three marks that open it.</param>
/// <param name="Text">The history.</param>
internal sealed record ModelExample(string Model, string Mark, string Text)
{
    public string[] Words => Mark.Split(' ')[1..];

    public string? Option(string name)
    {
        var at = Mark.IndexOf(name + "=", StringComparison.Ordinal);
        return at < 0 ? null : Mark[(at + name.Length + 1)..];
    }

    /// <summary>All blocks, in their order.</summary>
    public static IEnumerable<ModelExample> All()
    {
        var (model, mark, text) = ("", "", new StringBuilder());
        foreach (var line in Repository.Files(".md", "docs").Single(IsThePage).Lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
                model = line[4..];
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
                continue;
            }

            if (mark.Length > 0)
                yield return new(model, mark, text.ToString());
            mark = line[3..];
            text.Clear();
        }
    }

    static bool IsThePage(SourceFile file) => file.Path.EndsWith("models.md", StringComparison.Ordinal);
}
