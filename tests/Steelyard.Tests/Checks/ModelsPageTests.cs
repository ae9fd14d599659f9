using Steelyard.Checks;
using Steelyard.Formats;
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
        var examples = ModelExample.All().Where(example => example.Model == name).ToList();

        foreach (var example in examples)
        {
            var verdicts = Judge(example);
            var told = $"{example}\n{string.Join('\n', verdicts.Select(v => $"{v.Validity}: {v.Summary}"))}";
            if (example.Words[0] == "unknown")
                Assert.True(verdicts.All(verdict => verdict.Validity == Validity.Unknown), told);
            else if (example.Words[0] == "valid")
                Assert.True(verdicts.All(verdict => verdict.Validity == Validity.Valid), told);
            else
                Assert.True(
                    verdicts.Any(verdict => verdict.Validity == Validity.Invalid
                        && verdict.Anomalies.Any(found => found.Type == example.Words[1])), told);
        }

        string[] kinds = name == HistoryModels.Nothing ? ["unknown"] : ["invalid", "valid"];
        Assert.Equal(kinds, examples.Select(example => example.Words[0]).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_model_passes_over_changes_nothing_and_is_counted(string name)
    {
        var judged = HistoryModels.Named(name).Judged;
        foreach (var example in ModelExample.All().Where(one => one.Model == name && judged is not null))
        {
            var more = example with { Text = "977 invoke nonsense [9, 9]\n977 ok nonsense"
                + " 7\n" + example.Text };
            Assert.Equal(
                Judge(example).Select(verdict => verdict.Validity),
                Judge(more).Select(verdict => verdict.Validity));
            Assert.Empty(PassedOver.Of(History.Parse(example.Text), judged));
            Assert.Equal([new PassedOver("nonsense", 1)], PassedOver.Of(History.Parse(more.Text), judged));
        }
    }

    [Fact]
    public void The_page_names_no_model_that_is_not_there() =>
        Assert.Empty(ModelExample.All().Select(example => example.Model).Except(HistoryModels.Names));

    static IReadOnlyList<Verdict> Judge(ModelExample example)
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
}
