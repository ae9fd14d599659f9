namespace Steelyard.Histories.Tests;

public sealed class HistoryPhasesTests
{
    [Fact]
    public void Marks_take_positions_among_the_events()
    {
        var builder = new HistoryBuilder();
        var read = builder.Invoke(0, Functions.Read, Value.Nil, Value.Nil);
        builder.Mark(HistoryPhase.LoadEnd, 5);
        builder.Complete(read, Outcome.Ok, 1);
        builder.Mark(HistoryPhase.FinalReads, 9);
        var history = builder.Build();

        Assert.Equal(new PhaseMark(1, 5), history.Phases.LoadEnd);
        Assert.Null(history.Phases.Heal);
        Assert.Equal(new PhaseMark(3, 9), history.Phases.FinalReads);
        Assert.Equal(4, history.EventCount);
    }

    [Theory]
    [InlineData(HistoryPhase.Heal, HistoryPhase.Heal)]
    [InlineData(HistoryPhase.FinalReads, HistoryPhase.LoadEnd)]
    public void A_phase_begins_once_and_in_its_order(HistoryPhase first, HistoryPhase second)
    {
        var builder = new HistoryBuilder();
        builder.Mark(first, 1);

        Assert.Throws<UserMistakeException>(() => builder.Mark(second, 2));
    }

    [Fact]
    public void The_hash_follows_marks_and_what_an_operation_is_besides()
    {
        History[] histories =
        [
            Marked(null, 0), Marked(HistoryPhase.Heal, 5), Marked(HistoryPhase.Heal, 6),
            Marked(HistoryPhase.Settled, 5), Marked(HistoryPhase.Heal, 5, OperationTraits.Session),
        ];

        Assert.Equal(histories.Length, histories.Select(history => history.Hash).Distinct().Count());

        static History Marked(HistoryPhase? phase, long timeNs, OperationTraits traits = default)
        {
            var builder = new HistoryBuilder();
            builder.Invoke(0, Functions.Read, Value.Nil, Value.Nil, traits: traits);
            if (phase is { } one)
                builder.Mark(one, timeNs);
            return builder.Build();
        }
    }

    [Fact]
    public void Requests_are_due_before_the_load_ends_and_are_no_sessions()
    {
        var builder = new HistoryBuilder();
        builder.Invoke(0, "ask", Value.Nil, Value.Nil, timeNs: 1);
        builder.Invoke(1, "connect", Value.Nil, Value.Nil, timeNs: 2, traits: OperationTraits.Session);
        builder.Mark(HistoryPhase.LoadEnd, 10);
        builder.Invoke(2, "ask", Value.Nil, Value.Nil, timeNs: 15, intendedNs: 9);
        builder.Invoke(3, "look", Value.Nil, Value.Nil, timeNs: 20);

        Assert.Equal([true, false, true, false], builder.Build().Operations.Select(it => it.IsRequest));
    }

    [Fact]
    public void What_was_never_sent_fails()
    {
        var builder = new HistoryBuilder();
        var unsent = builder.Invoke(
            0, "ask", Value.Nil, Value.Nil, timeNs: 9, intendedNs: 1, traits: OperationTraits.Unsent);

        Assert.Throws<UserMistakeException>(() => builder.Complete(unsent, Outcome.Ok, 1));
        builder.Complete(unsent, Outcome.Fail, Value.Nil, 9, "never sent");
        var operation = builder.Build()[0];
        Assert.False(operation.IsSent);
        Assert.Equal((1L, 9L, Outcome.Fail), (operation.IntendedNs, operation.InvokedNs, operation.Outcome));
    }
}
