using Steelyard.Formats;

namespace Steelyard.Histories.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void Operations_pair_an_invocation_with_its_completion()
    {
        var history = History.Parse("""
            0 invoke write key=x 7
            1 invoke read  key=x
            0 ok     write
            1 ok     read  key=x 7
            """);

        Assert.Equal(2, history.Count);
        Assert.Equal("process 0: write x 7 → ok", history[0].ToString());
        Assert.Equal(7, history[1].Output.AsInteger);
        Assert.Equal([0, 2, 1, 3], new[]
        {
            history[0].InvokedAt, history[0].CompletedAt, history[1].InvokedAt, history[1].CompletedAt,
        });
    }

    [Fact]
    public void An_operation_without_completion_stays_open()
    {
        var history = History.Parse("0 invoke write 7");
        Assert.Equal(Outcome.Open, history[0].Outcome);
        Assert.Equal(int.MaxValue, history[0].CompletedAt);
        Assert.True(history[0].MayHaveHappened);
    }

    [Fact]
    public void A_process_with_two_open_operations_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => History.Parse("""
            3 invoke write 7
            3 invoke read
            """));
        Assert.StartsWith(
            "line 2: process 3 invokes read while its write (operation 0) is still open", mistake.Message);
    }

    [Fact]
    public void A_process_is_retired_by_an_unknown_outcome() =>
        Assert.Throws<UserMistakeException>(() => History.Parse("""
            3 invoke write 7
            3 info   write
            3 invoke read
            """));

    [Fact]
    public void A_completion_needs_an_invocation() =>
        Assert.Throws<UserMistakeException>(() => History.Parse("0 ok read 7"));

    [Fact]
    public void Text_that_is_no_event_is_named_with_its_line()
    {
        var mistake =
            Assert.Throws<UserMistakeException>(() => History.Parse("0 invoke read\n0 maybe read 7"));
        Assert.Equal("line 2: expected invoke, ok, fail or info, found \"maybe\"", mistake.Message);
    }

    [Fact]
    public void The_hash_follows_every_word_of_a_history()
    {
        string[] variants =
        [
            "0 invoke write key=x 7\n0 ok write",
            "0 invoke write key=x 8\n0 ok write",
            "0 invoke write key=y 7\n0 ok write",
            "0 invoke write key=x 7\n0 info write",
            "1 invoke write key=x 7\n1 ok write",
            "0 invoke write key=x 7",
            "\n0 invoke write key=x 7\n0 ok write",
        ];
        Assert.Equal(variants.Length, variants.Select(text => History.Parse(text).Hash).Distinct().Count());
        Assert.All(variants, text => Assert.Equal(History.Parse(text).Hash, History.Parse(text).Hash));
    }

    [Fact]
    public void Faults_and_operations_share_one_line_of_positions()
    {
        var builder = new HistoryBuilder();
        var read = builder.Invoke(0, Functions.Read, Value.Nil, Value.Nil);
        builder.Add(new(
            ) { TimeNs = 5, Phase = FaultPhase.Start, Kind = "partition", Description = "n1 | n2" });
        builder.Complete(read, Outcome.Ok, 1);
        var history = builder.Build();

        Assert.Equal(1, Assert.Single(history.Faults).Position);
        Assert.Equal(2, history[0].CompletedAt);
        Assert.Equal(3, history.EventCount);
    }

    [Fact]
    public void A_million_operations_take_well_under_200_megabytes()
    {
        const int operations = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var builder = new HistoryBuilder();
        for (var i = 0; i < operations; i++)
        {
            var operation = builder.Invoke(i % 50, Functions.Write, "k", i, i * 1000L, node: "n1");
            builder.Complete(operation, Outcome.Ok, Value.Nil, (i * 1000L) + 500);
        }

        var history = builder.Build();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(operations, history.Count);
        Assert.InRange(bytes, 1, 120_000_000);
    }
}
