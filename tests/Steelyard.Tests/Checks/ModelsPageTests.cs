using System.Text;
using Steelyard.Checks;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Every model has its section in docs/models.md, and every example there is judged as it
/// says.</summary>
public class ModelsPageTests
{
    public static TheoryData<string> Names => [.. HistoryModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_example_is_judged_as_the_page_says(string name)
    {
        var examples = Examples().Where(example => example.Model == name).ToList();

        foreach (var example in examples)
        {
            var verdicts = Judge(example);
            var told = $"{example}\n{string.Join('\n', verdicts.Select(v => $"{v.Validity}: {v.Summary}"))}";
            if (example.Words[0] == "valid")
                Assert.True(verdicts.All(verdict => verdict.Validity == Validity.Valid), told);
            else
                Assert.True(
                    verdicts.Any(verdict => verdict.Validity == Validity.Invalid
                        && verdict.Anomalies.Any(found => found.Type == example.Words[1])), told);
        }

        Assert.Equal(["invalid", "valid"], examples.Select(example => example.Words[0]).Distinct().Order());
    }

    [Fact]
    public void The_page_names_no_model_that_is_not_there() =>
        Assert.Empty(Examples().Select(example => example.Model).Distinct().Except(HistoryModels.Names));

    static IReadOnlyList<Verdict> Judge(Example example)
    {
        var initial = example.Option("initial") is { } text
            ? History.Parse($"0 invoke initial {text}")[0].Input
            : Value.Nil;
        var consistency = example.Option("consistency");
        var model = HistoryModels.Of(example.Model, initial, consistency);
        var history = History.Parse(example.Text);
        history = model.InOurWords?.Invoke(history) ?? history;
        return [.. model.Judges(new(history, initial, consistency)).Select(judge => judge.Check(history))];
    }

    static IEnumerable<Example> Examples()
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

    /// <summary>One block: <c>text valid</c> or <c>text invalid anomaly</c>, then <c>initial={…}</c> or
    /// <c>consistency=…</c>.</summary>
    sealed record Example(string Model, string Mark, string Text)
    {
        public string[] Words => Mark.Split(' ')[1..];

        public string? Option(string name)
        {
            var at = Mark.IndexOf(name + "=", StringComparison.Ordinal);
            return at < 0 ? null : Mark[(at + name.Length + 1)..];
        }
    }
}
