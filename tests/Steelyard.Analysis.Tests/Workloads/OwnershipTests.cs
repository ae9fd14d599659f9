using Steelyard.Analysis.Workloads.Banks;
using Steelyard.Analysis.Workloads.Locks;
using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class OwnershipTests
{
    static Verdict Sales(string text, long stock) => new Oversell(
        new Dictionary<Value, long> { ["seat"] = stock }).Check(History.Parse(text));

    const string TwoSold = """
        0 invoke sell {id: a, item: seat}
        0 ok sell true
        1 invoke sell {id: b, item: seat, quantity: 2}
        1 ok sell true
        """;

    [Fact]
    public void More_sold_than_there_were_is_oversold_with_the_sales_that_show_it()
    {
        var verdict = Sales(TwoSold, 2);

        Assert.Equal(
            "3 units of seat were sold at once to process 1 and others, out of 2 (oversold)",
            verdict.Summary);
        Assert.Equal([0, 1], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void What_was_cancelled_before_may_be_sold_again()
    {
        const string Again = """
            0 invoke sell {id: a, item: seat}
            0 ok sell true
            2 invoke cancel {id: a}
            2 info cancel
            1 invoke sell {id: b, item: seat, quantity: 2}
            1 ok sell true
            3 invoke sell {id: c, item: seat}
            3 ok sell false
            """;

        Assert.Equal(
            "2 sales of 1 item, 1 refused, 1 cancellation: never more out than there were",
            Sales(Again, 2).Summary);
        Assert.Equal(Validity.Invalid, Sales(Again.Replace("cancel {id: a}", "cancel {id: z}"), 2).Validity);
    }

    [Fact]
    public void A_cancel_that_found_no_room_for_its_sale_may_have_come_first() => Assert.Equal(
        Validity.Valid,
        Sales("""
            0 invoke sell {id: a, item: seat}
            0 ok sell true
            1 invoke cancel {id: b}
            2 invoke sell {id: b, item: seat}
            1 ok cancel
            1 invoke cancel {id: a}
            2 ok sell true
            1 ok cancel
            """, 1).Validity);

    [Fact]
    public void A_second_attempt_under_one_id_sells_once() => Assert.Equal(
        Validity.Valid,
        Sales(TwoSold.Replace("id: b", "id: a").Replace("quantity: 2", "quantity: 1"), 1).Validity);

    [Fact]
    public void A_negative_stock_and_a_stock_nobody_told_are_named()
    {
        Assert.Equal(
            ["negative-stock"],
            Sales("0 invoke read key=seat\n0 ok read -1", 1).Anomalies.Select(a => a.Type));
        Assert.Equal(
            Validity.Unknown,
            new Oversell(new Dictionary<Value, long>()).Check(History.Parse(TwoSold)).Validity);
    }

    static IEnumerable<string> LockAnomalies(string text, bool exclusive = true) =>
        new FencedMutex(exclusive).Check(History.Parse(text)).Anomalies.Select(a => a.Type);

    const string Handed = """
        0 invoke acquire
        0 ok acquire 1
        0 invoke release
        0 ok release
        1 invoke acquire
        1 ok acquire {1}

        """;

    [Theory]
    [InlineData("2", "1 invoke write {token: 2}\n1 ok write\n0 invoke write {token: 1}\n0 fail write", "")]
    [InlineData(
        "2", "1 invoke write {token: 2}\n1 ok write\n0 invoke write {token: 1}\n0 ok write", "stale-write")]
    [InlineData("2", "0 invoke write [7, v]\n0 ok write", "unexpected-token")]
    [InlineData("0", "", "nonmonotonic-token")]
    [InlineData("1", "", "duplicate-token nonmonotonic-token")]
    public void Tokens_grow_and_old_ones_are_refused(string token, string writes, string anomalies) =>
        Assert.Equal(anomalies, string.Join(' ', LockAnomalies(Handed.Replace("{1}", token) + writes)));

    [Fact]
    public void Two_holders_at_once_break_the_lock_unless_leases_may_run_out()
    {
        const string Both = "0 invoke acquire\n0 ok acquire 1\n1 invoke acquire\n1 ok acquire 2";

        Assert.Equal(["two-holders"], LockAnomalies(Both));
        Assert.Empty(LockAnomalies(Both, exclusive: false));
    }

    [Fact]
    public void A_term_has_one_leader()
    {
        var verdict = new LeaderPerTerm().Check(History.Parse("""
            0 invoke lead
            0 ok lead {term: 3, leader: n1}
            1 invoke leader
            1 ok leader {term: 4, leader: n2}
            2 invoke act {term: 3, leader: n2}
            2 ok act
            3 invoke act {term: 3, leader: n9}
            3 fail act
            """));

        Assert.Equal(
            "term 3 has two leaders: n1 by the word of process 0, n2 by that of process 2"
            + " (two-leaders)", verdict.Summary);
        Assert.Equal([0, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Theory]
    [InlineData("{a: 4, b: 6}", "")]
    [InlineData("{a: 4, b: 5}", "wrong-total")]
    [InlineData("{a: -1, b: 11}", "negative-value")]
    [InlineData("{a: 10}", "missing-key")]
    [InlineData("{a: 4, b: 5, c: 1}", "unexpected-key")]
    [InlineData("{a: 10, b: nil}", "nil-balance")]
    public void Each_read_of_a_bank_is_a_snapshot(string read, string anomaly)
    {
        var verdict = new BankSnapshots(Value.Nil).Check(History.Parse(
            $"0 invoke read\n0 ok read {{a: 10, b: 0}}\n1 invoke read\n1 ok read {read}"));

        Assert.Equal(anomaly, string.Join(' ', verdict.Anomalies.Select(a => a.Type)));
        Assert.Equal(anomaly == "" ? Validity.Valid : Validity.Invalid, verdict.Validity);
    }
}
