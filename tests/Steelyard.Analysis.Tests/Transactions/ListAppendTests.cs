using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

public class ListAppendTests
{
    /// <summary>An anomaly planted; the same history without it.</summary>
    public static TheoryData<string, string[], string[]> AtOnce => new()
    {
        { "G0", ["append x 1, append y 1", "append x 2, append y 2", "r x [1 2], r y [2 1]"],
            ["append x 1, append y 1", "append x 2, append y 2", "r x [1 2], r y [1 2]"] },
        { "G1a", ["fail append x 1", "r x [1]"], ["info append x 1", "r x [1]"] },
        { "G1b", ["append x 1, append x 2", "r x [1]"], ["append x 1, append x 2", "r x [1 2]"] },
        { "G1c", ["append x 1, r y [1]", "append y 1, r x [1]"],
            ["append x 1, r y [1]", "append y 1, r x []"] },
        { "G-single-item", ["append x 1, append y 1", "r x [1], r y []"],
            ["append x 1, append y 1", "r x [1], r y [1]"] },
        { "G-nonadjacent-item", ["append x 1", "append y 1", "r x [1], r y []", "r y [1], r x []"],
            ["append x 1", "append y 1", "r x [1], r y []", "r y [1], r x [1]"] },
        { "G2-item", ["append x 1, r y []", "append y 1, r x []"],
            ["append x 1, r y []", "append y 1, r x [1]"] },
        { "internal", ["append x 1, r x []"], ["append x 1, r x [1]", "r x [1]"] },
        { "future-read", ["r x [1], append x 1"], ["r x [], append x 1", "r x [1]"] },
        { "lost-update", ["r x [], append x 1", "r x [], append x 2"],
            ["r x [], append x 1", "r x [1], append x 2"] },
        { "duplicate-elements", ["append x 1", "r x [1 1]"], ["append x 1", "r x [1]"] },
        { "incompatible-order", ["append x 1", "append x 2", "r x [1 2]", "r x [2 1]"],
            ["append x 1", "append x 2", "r x [1 2]", "r x [1]"] },
        { "cyclic-versions", ["append x 1, append x 2", "r x [2 1]"],
            ["append x 1, append x 2", "r x [1 2]"] },
        { "cyclic-versions", ["append x 1, append x 2", "r x [2]"],
            ["append x 2", "r x [2]"] },
        { "dirty-update", ["fail append x 1", "append x 2", "r x [1 2]"],
            ["info append x 1", "append x 2", "r x [1 2]"] },
        { "garbage-read", ["append x 1", "r x [1 7]"], ["append x 1", "append x 7", "r x [1 7]"] },
    };

    /// <summary>The same for anomalies that need the order of processes or of real time.</summary>
    public static TheoryData<string, string[], string[]> InTurn => new()
    {
        { "G0-process", ["0: append x 2", "0: append x 1", "1: r x [1 2]"],
            ["0: append x 1", "1: append x 2", "0: r x [1 2]"] },
        { "G0-realtime", ["0: append x 2", "1: append x 1", "2: r x [1 2]"],
            ["0: append x 1", "1: append x 2", "2: r x [1 2]"] },
        { "G1c-process", ["0: r x [1]", "0: append x 1"], ["0: append x 1", "0: r x [1]"] },
        { "G1c-realtime", ["0: r x [1]", "1: append x 1"], ["1: append x 1", "0: r x [1]"] },
        { "G-single-item-process", ["0: append x 1", "0: r x []"], ["0: append x 1", "0: r x [1]"] },
        { "G-single-item-realtime", ["0: append x 1", "1: r x []"], ["1: r x []", "0: append x 1"] },
        { "G-nonadjacent-item-process",
            ["0: r x [], r z [1]", "1: append x 1", "1: r z []", "2: append z 1"],
            ["2: append z 1", "0: r x [], r z [1]", "1: append x 1", "1: r z [1]"] },
    };

    [Theory]
    [MemberData(nameof(AtOnce))]
    public void A_planted_anomaly_is_named_and_its_twin_is_clean(
        string anomaly, string[] wrong, string[] right) =>
        AssertFound(anomaly, WrittenTransactions.AtOnce(wrong), WrittenTransactions.AtOnce(right));

    [Theory]
    [MemberData(nameof(InTurn))]
    public void One_that_an_order_shows_is_named_and_its_twin_is_clean(
        string anomaly, string[] wrong, string[] right) =>
        AssertFound(anomaly, WrittenTransactions.InTurn(wrong), WrittenTransactions.InTurn(right));

    [Fact]
    public void Two_adjacent_anti_dependencies_and_real_time_break_strict_serializability_alone()
    {
        // Process 1 is open all the while, and sees neither of the others.
        var history = History.Parse("""
            1 invoke txn [[append, x, 1], [r, y, nil]]
            2 invoke txn [[append, y, 1]]
            2 ok     txn [[append, y, 1]]
            0 invoke txn [[r, x, nil]]
            0 ok     txn [[r, x, []]]
            1 ok     txn [[append, x, 1], [r, y, []]]
            """);

        var verdict = new ListAppend().Check(history);

        Assert.Equal("G2-item-realtime", Assert.Single(verdict.Anomalies).Type);
        Assert.Equal(["strict-serializable"], verdict.NotModels);
    }

    [Fact]
    public void A_cycle_is_told_edge_by_edge()
    {
        var verdict = new ListAppend("serializable").Check(
            WrittenTransactions.AtOnce("append x 1, append y 1", "r x [1], r y []"));

        var found = Assert.Single(verdict.Anomalies);
        Assert.Equal(
            "T1 read y = [], without 1, which T0 appended; T1 read x = [1], to which T0 had appended 1:"
            + " so T1 before T0 before T1",
            found.Explanation);
        Assert.Equal([0, 1], found.Witness.Order());
        Assert.Equal(
            "not serializable: G-single-item; ruled out from monotonic-atomic-view upward",
            verdict.Summary);
    }

    [Fact]
    public void A_value_appended_twice_leaves_the_order_unknown()
    {
        var verdict = new ListAppend().Check(WrittenTransactions.AtOnce("append x 1", "append x 1"));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("was written to x by operation 0 and again by operation 1", verdict.Exhausted!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Transactions_tell_of_single_objects_only_where_a_model_holds_that_asks_no_less()
    {
        var judge = new ListAppend("sequential");

        var skew = judge.Check(WrittenTransactions.AtOnce(
            "r x [], append y 1", "r y [], append x 1", "r x [1], r y [1]"));
        var serial = judge.Check(WrittenTransactions.AtOnce("append x 1", "r x [1]"));

        Assert.Equal(Validity.Unknown, skew.Validity);
        Assert.Contains("sequential is a model of single objects", skew.Exhausted, StringComparison.Ordinal);
        Assert.Equal(Validity.Valid, serial.Validity);
    }

    [Fact]
    public void Each_key_by_itself_is_linearizable_unless_a_cycle_has_no_other_key()
    {
        var judge = new ListAppend("linearizable");

        Assert.Equal(
            Validity.Valid,
            judge.Check(WrittenTransactions.AtOnce(
                "r x [], append y 1", "r y [], append x 1", "r x [1], r y [1]")).Validity);
        var stale = judge.Check(WrittenTransactions.InTurn("0: append x 1", "1: r x [], r y []"));
        Assert.Equal(Validity.Invalid, stale.Validity);
        Assert.Equal(["not-linearizable"], stale.Anomalies.Take(1).Select(found => found.Type));
    }

    [Fact]
    public void A_history_in_which_nothing_depends_on_anything_tests_nothing() =>
        Assert.Equal(
            Validity.Unknown,
            new ListAppend("serializable")
                .Check(WrittenTransactions.AtOnce("append x 1", "append y 1")).Validity);

    [Fact]
    public void A_step_that_is_none_is_the_users_mistake() =>
        Assert.Equal(
            "operation 0: expected a step append or r, found [w, x, 1]",
            Assert.Throws<UserMistakeException>(() =>
                new ListAppend().Check(WrittenTransactions.AtOnce("w x 1"))).Message);

    [Fact]
    public void Many_readers_and_many_unread_appends_need_few_edges_and_no_reader_contradicts_itself()
    {
        string[] updates = [.. Enumerable.Range(0, 60).Select(i => $"r y [], append x {i}, append y {i}")];

        var verdict = new ListAppend("snapshot-isolation").Check(WrittenTransactions.AtOnce(updates));
        var alone = new ListAppend("serializable").Check(WrittenTransactions.AtOnce(
            [updates[0], .. Enumerable.Range(0, 60).Select(i => $"r x [], r z {(i == 0 ? "[]" : "nil")}")]));

        Assert.Contains(verdict.Anomalies, found => found.Type == "lost-update");
        Assert.Contains(verdict.Anomalies, found => found.Type == "G2-item");
        Assert.Equal(Validity.Valid, alone.Validity);
    }

    static void AssertFound(string anomaly, History wrong, History right)
    {
        var verdict = new ListAppend().Check(wrong);
        var found = verdict.Anomalies.Where(found => found.Type == anomaly).ToList();
        Assert.True(
            found.Count > 0, $"found {string.Join(' ', verdict.Anomalies.Select(found => found.Type))}");
        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.NotEmpty(found[0].Witness);
        var twin = new ListAppend().Check(right);
        Assert.DoesNotContain(twin.Anomalies, found => found.Type == anomaly);
    }
}
