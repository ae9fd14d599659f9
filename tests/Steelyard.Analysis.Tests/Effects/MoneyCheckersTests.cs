using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class MoneyCheckersTests
{
    static readonly Dictionary<long, long> Opening = new() { [1] = 10_000, [2] = 10_000 };

    [Fact]
    public void A_bank_of_which_nothing_was_seen_is_unknown() => Assert.Equal(
        Validity.Unknown,
        new NoOverdraft(new Dictionary<long, long> { [1] = 100 }).Check(History.Parse("""
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 5}
            0 info   transfer
            """)).Validity);

    [Fact]
    public void Balances_that_lost_a_dollar_break_the_total()
    {
        var verdict = new TotalConserved(20_000).Check(History.Parse("""
            0 invoke balances
            0 ok     balances {1: 9900, 2: 10000}
            """));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal(
            "process 0 read balances of $199.00 in all where $200.00 exist: $1.00 vanished", verdict.Summary);
        Assert.Equal([0], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void Balances_that_only_moved_keep_the_total()
    {
        var verdict = new TotalConserved(20_000).Check(History.Parse("""
            0 invoke balances
            0 ok     balances {1: 9900, 2: 10100}
            1 invoke replica-state key=n1
            1 ok     replica-state {balances: {1: 0, 2: 20000}}
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal("every one of 2 reads of the balances added up to $200.00", verdict.Summary);
    }

    [Fact]
    public void A_total_that_nobody_read_is_unknown() =>
        Assert.Equal(
            Validity.Unknown, new TotalConserved(1).Check(History.Parse("0 invoke balances")).Validity);

    [Fact]
    public void Two_acknowledged_transfers_of_the_same_money_are_a_double_spend()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke balances
            0 ok     balances {1: 10000, 2: 10000}
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 8000}
            1 invoke transfer {id: t2, from: 1, to: 2, amount: 7000}
            0 ok     transfer true
            1 ok     transfer true
            2 invoke transfer {id: t3, from: 2, to: 2, amount: 7000}
            2 ok     transfer true
            """));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        var spend = verdict.Anomalies[0];
        Assert.Equal("double-spend", spend.Type);
        Assert.Equal([1, 2], spend.Witness);
        Assert.Equal(
            "account 1 opened with $100.00, yet t1 ($80.00 to account 2) and t2 ($70.00 to account 2) were"
            + " both acknowledged: $150.00 paid, $50.00 of it twice",
            spend.Explanation);
    }

    [Fact]
    public void The_witness_of_a_double_spend_starts_at_the_read_that_needs_the_fewest_operations()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 3000}
            0 ok     transfer true
            0 invoke transfer {id: t2, from: 2, to: 1, amount: 2000}
            0 ok     transfer true
            0 invoke balances
            0 ok     balances {1: 9000, 2: 11000}
            0 invoke transfer {id: t3, from: 1, to: 2, amount: 8000}
            0 ok     transfer true
            1 invoke transfer {id: t4, from: 1, to: 2, amount: 8000}
            1 ok     transfer true
            """));

        Assert.Equal([2, 3, 4], verdict.Anomalies[0].Witness);
        Assert.StartsWith(
            "account 1 held $90.00 (read by process 0), yet t3", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_transfer_refused_for_want_of_funds_is_no_double_spend()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 8000}
            1 invoke transfer {id: t2, from: 1, to: 2, amount: 7000}
            0 ok     transfer true
            1 ok     transfer false
            0 invoke balances
            0 ok     balances {1: 2000, 2: 18000}
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal(
            "no account was ever overdrawn: 1 transfer paid, 1 refused for want of funds, 1 read of balances"
            + " without a negative one",
            verdict.Summary);
    }

    [Fact]
    public void Money_that_may_have_come_in_by_an_unknown_transfer_excuses_a_payment()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke transfer {id: t1, from: 2, to: 1, amount: 8000}
            0 info   transfer
            1 invoke transfer {id: t2, from: 1, to: 2, amount: 17000}
            1 ok     transfer true
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
    }

    [Fact]
    public void One_transfer_asked_for_twice_under_one_id_leaves_once()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 8000}
            0 ok     transfer true
            0 invoke transfer {id: t1, from: 1, to: 2, amount: 8000}
            0 ok     transfer true
            """));

        Assert.Equal(Validity.Valid, verdict.Validity);
    }

    [Fact]
    public void A_negative_balance_is_an_overdraft_even_when_nobody_was_acknowledged()
    {
        var verdict = new NoOverdraft(Opening).Check(History.Parse("""
            0 invoke balances
            0 ok     balances {1: -300, 2: 20300}
            """));

        Assert.Equal("overdraft", verdict.Anomalies[0].Type);
        Assert.Equal("process 0 read −$3.00 on account 1", verdict.Summary);
    }

    [Fact]
    public void Every_double_spend_found_in_a_random_history_has_no_order_that_pays_for_it()
    {
        var found = 0;
        RandomEffects.ForScripts(script =>
        {
            var history = RandomEffects.Play(
                script.Length > 14 ? script[..14] : script,
                (step, choice) => (Functions.Transfer, Value.Nil, Value.Map(
                    ("id", step), ("from", 1 + (choice % 2)), ("to", 2 - (choice % 2)),
                    ("amount", 3000 + (choice % 7 * 1000)))),
                choice => Value.Of(choice % 11 != 3));
            var broken = new NoOverdraft(Opening).Check(history).Validity == Validity.Invalid;
            found += broken ? 1 : 0;
            return !broken || !SomeOrderPays([.. history.Operations], 10_000, 10_000);
        });
        Assert.True(found > 20, $"only {found} of the random histories were broken: too few to say much");
    }

    /// <summary>
    /// Whether some order that respects real time pays every acknowledged transfer, by trying all.
    /// </summary>
    static bool SomeOrderPays(List<Operation> left, long first, long second)
    {
        var mayHave = left.Where(o => o.MayHaveHappened && o.Output != Value.Of(false)).ToList();
        if (!mayHave.Exists(o => o.Outcome == Outcome.Ok))
            return true;
        foreach (var next in mayHave)
        {
            if (mayHave.Exists(o => RandomEffects.Precedes(o, next)))
                continue;
            var amount = next.Input["amount"].AsInteger * (next.Input["from"].AsInteger == 1 ? 1 : -1);
            var rest = mayHave.Where(o => o.Index != next.Index).ToList();
            if (first >= amount && second >= -amount && SomeOrderPays(rest, first - amount, second + amount))
                return true;
            if (next.Outcome != Outcome.Ok && SomeOrderPays(rest, first, second))
                return true;
        }

        return false;
    }
}
