using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Small recordings that were once judged wrongly, with their right twins.</summary>
public class RecordedCasesTests
{
    [Theory]
    [InlineData("read-your-writes", Validity.Invalid)]
    [InlineData("pram", Validity.Invalid)]
    [InlineData("causal", Validity.Invalid)]
    [InlineData("monotonic-reads", Validity.Valid)]
    [InlineData("monotonic-writes", Validity.Valid)]
    [InlineData("writes-follow-reads", Validity.Valid)]
    [InlineData("serializable", Validity.Valid)]
    public void A_process_that_does_not_see_its_own_write_breaks_what_promises_that(
        string model, Validity expected)
    {
        var verdict = new RwRegister(model).Check(Recorded("a1-rw-register-read-your-writes"));

        Assert.Equal(expected, verdict.Validity);
        Assert.Contains("read-your-writes", verdict.NotModels);
        Assert.Equal(expected == Validity.Valid, verdict.HeldModels.Contains(model));
        Assert.DoesNotContain("read-your-writes", verdict.HeldModels.Concat(verdict.UndecidedModels));
    }

    [Theory]
    [InlineData("read-atomic", Validity.Invalid)]
    [InlineData("transactional-causal", Validity.Invalid)]
    [InlineData("monotonic-atomic-view", Validity.Invalid)]
    [InlineData("read-committed", Validity.Valid)]
    public void Half_of_a_transaction_over_lists_is_not_read_atomic(string model, Validity expected) =>
        Assert.Equal(
            expected, new ListAppend(model).Check(Recorded("a2-list-append-fractured-read")).Validity);

    [Theory]
    [InlineData("snapshot-isolation", Validity.Invalid)]
    [InlineData("prefix", Validity.Valid)]
    public void Of_two_appends_that_nobody_read_one_came_first(string model, Validity expected) =>
        Assert.Equal(
            expected, new ListAppend(model).Check(Recorded("a3-list-append-si-unread-appends")).Validity);

    [Fact]
    public void An_answer_to_another_step_than_was_asked_is_refused() =>
        Assert.Equal(
            "operation 0: expected an answer to the step [r, 2, nil], found [append, 2, [1, 2, 3]]",
            Assert.Throws<UserMistakeException>(() =>
                new ListAppend().Check(Recorded("a7-answer-changes-step"))).Message);

    [Theory]
    [InlineData("1 ok txn [[w, x, 2]]", "[w, x, 2]")]
    [InlineData("1 ok txn [[w, y, 1]]", "[w, y, 1]")]
    [InlineData("1 ok txn []", "none")]
    [InlineData("1 ok txn [[w, x, 1], [r, x, 1]]", "[r, x, 1]")]
    public void So_is_one_of_other_values_or_keys_or_of_more_or_fewer_steps(string answer, string found)
    {
        var history = History.Parse($"1 invoke txn [[w, x, 1]]\n{answer}");

        Assert.EndsWith(
            $"found {found}",
            Assert.Throws<UserMistakeException>(() => new RwRegister().Check(history)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_retry_after_a_clean_failure_is_no_second_write()
    {
        var lists = Recorded("c-retry-after-fail");

        Assert.Equal(Validity.Valid, new ListAppend().Check(lists).Validity);
        Assert.Equal(Validity.Valid, new RwRegister().Check(RegisterHistories.Of(lists)).Validity);
        Assert.Equal(
            Validity.Unknown,
            new ListAppend().Check(WrittenTransactions.InTurn(
                "0: info append x 1", "1: append x 1", "2: r x [1]")).Validity);
    }

    [Fact]
    public void A_value_that_nobody_wrote_had_a_writer_too_and_what_no_such_writer_explains_is_found()
    {
        var verdict = new RwRegister().Check(Recorded("a8-rw-register-unwritten-value"));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Contains(
            "the unseen writer of x = 2", verdict.Anomalies[0].Explanation, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], verdict.Anomalies[0].Witness.Order());
        Assert.Empty(verdict.HeldModels);
    }

    [Fact]
    public void Where_one_explains_it_the_value_is_named_and_nothing_is_said_to_hold()
    {
        var verdict = new RwRegister().Check(WrittenTransactions.InTurn("0: w x 1", "0: r x 1", "0: r x 2"));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("x = 2 was read, and nobody in the recording wrote it", verdict.Exhausted);
        Assert.Empty(verdict.NotModels.Concat(verdict.HeldModels));
    }

    static History Recorded(string name) => HistoryFile.Read(
        Path.Combine(AppContext.BaseDirectory, "Transactions", "Recorded", $"{name}.edn"));
}
