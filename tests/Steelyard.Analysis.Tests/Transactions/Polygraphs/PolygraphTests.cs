using Steelyard.Analysis.Transactions;
using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Analysis.Transactions.Polygraphs;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Polygraphs;

public class PolygraphTests
{
    /// <summary>A contradiction that no known order of versions shows; the same history without it.</summary>
    public static TheoryData<string, string[], string[]> Planted => new()
    {
        { "no-prefix-order", ["0: w x 1, w y 1", "1: w x 2, w y 2", "2: r x 1, r y 2"],
            ["0: w x 1, w y 1", "1: w x 2, w y 2", "2: r x 1, r y 1"] },
        { "no-snapshot-order", ["0: r y nil, w x 1, w z 1", "1: r z nil, w x 2, w y 2"],
            ["0: r y nil, w x 1, w z 1", "1: r z 1, w x 2, w y 2"] },
        { "no-serial-order", ["0: w x 1, w y 1", "1: r x 1, w y 2", "2: r y 1, w x 2"],
            ["0: w x 1, w y 1", "1: r x 1, w y 2", "2: r y 2, w x 2"] },
        { "no-snapshot-order-process", ["0: w x 1", "0: w x 2", "0: r x 1"],
            ["0: w x 1", "0: w x 2", "0: r x 2"] },
        { "no-snapshot-order-realtime", ["0: w x 1", "1: w x 2", "2: r x 1"],
            ["0: w x 1", "1: w x 2", "2: r x 2"] },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_contradiction_in_whatever_order_is_found_and_its_twin_is_clean(
        string anomaly, string[] wrong, string[] right)
    {
        var isAtOnce = anomaly is "no-prefix-order" or "no-snapshot-order" or "no-serial-order";
        Func<string[], History> written = isAtOnce ? AtOnce : WrittenTransactions.InTurn;
        var found = new RwRegister().Check(written(wrong));
        Assert.Equal(Validity.Invalid, found.Validity);
        Assert.Contains(anomaly, found.Anomalies.Select(one => one.Type));
        var clean = new RwRegister().Check(written(right));
        Assert.Equal(Validity.Valid, clean.Validity);
        Assert.NotNull(clean.Linearization);
    }

    [Fact]
    public void The_sentence_tells_both_orders_and_what_is_wrong_with_each()
    {
        var verdict = new RwRegister().Check(AtOnce("0: w x 1, w y 1", "1: w x 2, w y 2", "2: r x 1, r y 2"));

        var found = Assert.Single(verdict.Anomalies, one => one.Type == "no-prefix-order");
        Assert.Equal([0, 1, 2], found.Witness);
        Assert.StartsWith(
            "no order of commits of which each transaction saw a prefix explains what was read: T1 wrote x"
            + " before T0, for else T2 read",
            found.Explanation, StringComparison.Ordinal);
        Assert.Contains(
            "Moreover, whichever of T0 and T1 wrote y first, a transaction would come before itself. If T0:"
            + " T0 wrote 1 to y before T1 wrote 2; T1 wrote 2 to x before T0 wrote 1: so T0 before T1 before"
            + " T0. If T1: T2 read",
            found.Explanation, StringComparison.Ordinal);
        Assert.NotEmpty(found.Cycle);
        for (var i = 0; i < found.Cycle.Count; i++)
            Assert.Equal(found.Cycle[i].To, found.Cycle[(i + 1) % found.Cycle.Count].From);
    }

    [Fact]
    public void Only_the_transactions_that_contradict_each_other_are_named()
    {
        var noise = Enumerable.Range(10, 40).Select(i => $"{i}: w z {i}, r x {(i % 2) + 1}");
        var history = AtOnce(["0: w x 1, w y 1", "1: w x 2, w y 2", "2: r x 1, r y 2", .. noise]);

        var found = Assert.Single(
            new RwRegister().Check(history).Anomalies, one => one.Type == "no-prefix-order");
        Assert.Equal([0, 1, 2], found.Witness);
    }

    [Fact]
    public void A_search_that_may_not_go_on_says_which_writes_are_open()
    {
        var history = AtOnce("0: w x 1, w y 1", "1: w x 2, w y 2", "2: r x 1, r y 1");
        var columns = new TransactionReader("w", readsLists: false).Read(history, out _);
        var story = new CycleStory(columns, "wrote", orders: null);
        var decisions = new ModelDecisions();
        PolygraphCheck.Run(
            new RegisterScope(columns), null, new Findings(columns), decisions, story,
            SearchLimits.Default with { Pairs = 1 });

        Assert.False(decisions.IsDecided("serializable"));
        Assert.Contains("2 pairs of writes whose order nothing tells", decisions.ReasonOf("serializable"),
            StringComparison.Ordinal);
    }

    // Then only writes that ran beside each other are tried, and those that did not are in the order of time.
    [Fact]
    public void Where_there_are_too_many_pairs_what_is_decided_is_what_all_pairs_decide()
    {
        var (decided, open) = (0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var history = seed % 2 == 0
                ? RegisterHistories.Of(new RandomTransactions(seed) { MaximumTransactions = 6 }.Next())
                : new WildRegisters(seed).Next();
            var (few, all) = (Decided(history, mostPairs: 1), Decided(history, mostPairs: 1_000));
            foreach (var model in OrderQuestion.All.Select(question => question.Model).Where(few.IsDecided))
                Assert.True(
                    few.IsHeld(model) == all.IsHeld(model), $"seed {seed}, {model}\n{history.Written()}");
            decided += few.Held.Count + few.Broken.Count;
            open += few.Undecided.Count - all.Undecided.Count;
        }

        Assert.True(decided > 600 && open > 600, $"{decided} decided, {open} more left open");
    }

    // 250 blind writes to each of two keys are 62,000 pairs.
    [Theory]
    [InlineData(false, Validity.Valid)]
    [InlineData(true, Validity.Invalid)]
    public void Keys_that_stay_hot_are_decided_by_the_writes_that_ran_beside_each_other(
        bool isStale, Validity expected)
    {
        string[] transactions = [.. Enumerable.Range(1, 500).Select(i => i % 2 == 1
            ? $"{i % 5}: w x {i}, w y {i}"
            : $"{i % 5}: r x {(i == 400 && isStale ? i - 9 : i - 1)}, r y {i - 1}")];
        var history = WrittenTransactions.InTurn(transactions);

        var decisions = Decided(history, mostPairs: 100);

        Assert.Equal(expected == Validity.Valid, decisions.IsHeld("strict-serializable"));
        Assert.Equal(expected == Validity.Invalid, decisions.IsBroken("strict-serializable"));
    }

    static ModelDecisions Decided(History history, int mostPairs)
    {
        var columns = new TransactionReader("w", readsLists: false).Read(history, out _);
        var decisions = new ModelDecisions();
        PolygraphCheck.Run(
            new RegisterScope(columns), null, new Findings(columns), decisions,
            new CycleStory(columns, "wrote", orders: null), SearchLimits.Default with { Pairs = mostPairs });
        return decisions;
    }

    [Fact]
    public void A_write_of_unknown_outcome_counts_only_where_it_was_read()
    {
        var unread = WrittenTransactions.InTurn("0: info w x 1", "1: w x 2, r y nil", "2: r x 2");
        var read = WrittenTransactions.InTurn("0: info w x 1", "1: w x 2", "2: r x 1", "3: r x 2");

        Assert.Equal([1, 2], new RwRegister().Check(unread).Linearization);
        Assert.Equal(Validity.Invalid, new RwRegister().Check(read).Validity);
    }

    static History AtOnce(params string[] transactions) =>
        WrittenTransactions.AtOnce([.. transactions.Select(text => text.Split(": ", 2)[1])]);
}
