using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Collections;

public class CollectionVerdictTests
{
    [Theory]
    [InlineData("a", "b", Validity.Valid)]
    [InlineData("b", "a", Validity.Invalid)]
    public void A_queue_gives_what_was_enqueued_first(string first, string second, Validity expected)
    {
        var verdict = Check(KnownModels.Queue(), $"""
            0 invoke enqueue a
            0 ok     enqueue a
            0 invoke enqueue b
            0 ok     enqueue b
            1 invoke dequeue
            1 ok     dequeue {first}
            1 invoke dequeue
            1 ok     dequeue {second}
            """);

        Assert.Equal(expected, verdict.Validity);
        if (expected == Validity.Invalid)
            Assert.Equal(
                "process 1: dequeue → ok b, but a was enqueued earlier and was dequeued later",
                verdict.Summary);
    }

    [Fact]
    public void A_pending_dequeue_may_have_taken_what_is_missing_but_only_one_value()
    {
        const string lost = """
            0 invoke enqueue a
            0 ok     enqueue a
            2 invoke dequeue
            0 invoke enqueue b
            0 ok     enqueue b
            1 invoke dequeue
            1 ok     dequeue b
            """;
        Assert.Equal(Validity.Valid, Check(KnownModels.Queue(), lost).Validity);

        var twice = Check(KnownModels.Queue(), $"""
            3 invoke enqueue c
            3 ok     enqueue c
            {lost}
            """);

        Assert.Equal(Validity.Invalid, twice.Validity);
        Assert.Contains(
            "a was enqueued earlier and was never dequeued", twice.Summary, StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 4], twice.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData("b", "a", Validity.Valid)]
    [InlineData("a", "b", Validity.Invalid)]
    public void A_stack_gives_what_was_pushed_last(string first, string second, Validity expected)
    {
        var verdict = Check(KnownModels.Stack(), $"""
            0 invoke push a
            0 ok     push a
            0 invoke push b
            0 ok     push b
            1 invoke pop
            1 ok     pop {first}
            1 invoke pop
            1 ok     pop {second}
            """);

        Assert.Equal(expected, verdict.Validity);
    }

    [Fact]
    public void A_take_of_nothing_while_values_take_turns_is_invalid_and_they_show_it()
    {
        var verdict = Check(KnownModels.Queue(), """
            0 invoke enqueue a
            0 ok     enqueue a
            1 invoke dequeue
            0 invoke enqueue b
            0 ok     enqueue b
            2 invoke dequeue
            2 ok     dequeue a
            1 ok     dequeue empty
            """);

        Assert.Equal(
            "process 1: dequeue → ok empty found nothing, but all that time there was something: a, b",
            verdict.Summary);
        Assert.Equal([0, 1, 2, 3], verdict.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData(1, Validity.Valid)]
    [InlineData(2, Validity.Invalid)]
    public void A_priority_queue_gives_the_least(int taken, Validity expected)
    {
        var verdict = Check(KnownModels.PriorityQueue(), $"""
            0 invoke insert 2
            0 ok     insert 2
            0 invoke insert 1
            0 ok     insert 1
            1 invoke take-min
            1 ok     take-min {taken}
            """);

        Assert.Equal(expected, verdict.Validity);
        if (expected == Validity.Invalid)
            Assert.Equal(
                "process 1: take-min → ok 2, but all that time there was something less: 1", verdict.Summary);
    }

    [Fact]
    public void A_set_is_shown_by_the_last_stretch_that_contradicts_itself()
    {
        var before = string.Concat(Enumerable.Repeat("""
            0 invoke insert 7
            0 ok     insert true
            0 invoke remove 7
            0 ok     remove true

            """, 500));
        var verdict = Check(KnownModels.Set(), $"""
            {before}
            0 invoke insert 7
            0 ok     insert true
            1 invoke contains 7
            1 ok     contains false
            """);

        Assert.Equal([1_000, 1_001], verdict.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData("queue-distinct")]
    [InlineData("peeked-stack-distinct")]
    [InlineData("priority-queue-distinct")]
    [InlineData("set")]
    public void Other_names_for_processes_and_other_times_change_nothing(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var checker = new Linearizable(specimen.Model);
        for (var seed = 0; seed < 300; seed++)
        {
            var history = specimen.Generate(new RandomHistories(seed) { MaximumOperations = 20 });
            var renamed = history.Renamed(process => (process * 7) + 3, 1_000);
            Assert.Equal(checker.Check(history).Validity, checker.Check(renamed).Validity);
        }
    }

    static Verdict Check(Model model, string text) => new Linearizable(model).Check(History.Parse(text));
}
