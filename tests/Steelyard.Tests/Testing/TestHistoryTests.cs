using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;
using Steelyard.Testing;

namespace Steelyard.Tests.Testing;

public sealed class TestHistoryTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_history_that_is_right_passes_by_every_way_of_asking()
    {
        await using var history = TestHistory.Start(path: _folder.File("right.jsonl.gz"));
        Record(history, seen: 7);

        history.ShouldBe("register");
        history.ShouldBe("register", "sequential");
        history.ShouldBe(new Linearizable(KnownModels.Register(Value.Nil)));
    }

    [Fact]
    public void A_history_that_is_wrong_fails_with_its_witness_its_file_and_the_command_for_its_page()
    {
        var path = _folder.File("wrong.jsonl.gz");
        using var history = TestHistory.Start(path: path);
        Record(history, seen: Value.Nil);

        var failure = Assert.Throws<TestHistoryException>(() => history.ShouldBe("register"));

        Assert.Equal(Validity.Invalid, failure.Verdict.Validity);
        var lines = failure.Message.Split('\n');
        Assert.EndsWith("(register): broken", lines[0]);
        Assert.Equal(
            ["process 0: write x 7 → ok", "process 0: read x → ok"],
            lines.Where(line => line.Contains(" ms  ", StringComparison.Ordinal))
                .Select(line => line.Split(" ms  ")[1]));
        Assert.Equal($"history: {path}", lines[^2]);
        Assert.Equal($"its page: steelyard check '{path}' --model register --report html", lines[^1]);
        var own = Assert.Throws<TestHistoryException>(
            () => history.ShouldBe(new Linearizable(KnownModels.Register(Value.Nil))));
        Assert.EndsWith($"\nhistory: {path}", own.Message);
    }

    [Fact]
    public void A_history_in_which_nothing_was_observed_fails_with_the_reason()
    {
        using var history = TestHistory.Start(path: _folder.File("nothing.jsonl"));
        history.Recorder.Invoke("write", "x", 7).Info("timeout");

        var failure = Assert.Throws<TestHistoryException>(() => history.ShouldBe("register"));

        Assert.Equal(Validity.Unknown, failure.Verdict.Validity);
        Assert.Contains("(register): not decided\n  not decided: nothing was observed", failure.Message);
    }

    [Fact]
    public void What_everything_holds_at_first_is_said_to_the_judge_and_in_the_command()
    {
        using var history = TestHistory.Start(path: _folder.File("initial.jsonl"));
        var client = history.Recorder.NewClient();
        client.Invoke("read", "x").Ok(5);
        client.Invoke("read", "x").Ok(5);

        history.ShouldBe("register", initial: 5);
        var failure = Assert.Throws<TestHistoryException>(
            () => history.ShouldBe("register", "sequential", initial: 6));

        Assert.EndsWith(
            "--model register --consistency sequential --initial '6' --report html", failure.Message);
    }

    [Fact]
    public void Words_that_no_model_knows_are_a_mistake_before_the_recording_ends()
    {
        using var history = TestHistory.Start(path: _folder.File("words.jsonl"));

        Assert.Throws<UserMistakeException>(() => history.ShouldBe("registre"));

        Assert.True(history.Recorder.Invoke("read", "x").IsRecorded);
    }

    [Fact]
    public void A_history_is_named_after_its_test()
    {
        using var first = TestHistory.Start();
        using var second = TestHistory.Start();

        var name = $"{nameof(TestHistoryTests)}.{nameof(A_history_is_named_after_its_test)}";
        var folder = Path.Combine(AppContext.BaseDirectory, "histories");
        Assert.Equal(Path.Combine(folder, $"{name}.jsonl.gz"), first.Path);
        Assert.Equal(Path.Combine(folder, $"{name}-2.jsonl.gz"), second.Path);
    }

    static void Record(TestHistory history, Value seen)
    {
        var client = history.Recorder.NewClient();
        client.Invoke("write", "x", 7).Ok();
        client.Invoke("read", "x").Ok(seen);
    }
}
