using System.Globalization;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads.Banks;
using Steelyard.Analysis.Workloads.Locks;
using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Stocks, locks, leaders and banks, by trying every order and looking at every pair.</summary>
internal static class OwnershipSpecimens
{
    const int Stock = 2;

    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("oversell", new Oversell(new Dictionary<Value, long> { [Value.Nil] = Stock }), GenerateSales,
            ExpectSales) { WitnessStandsAlone = true },
        new("fenced-mutex", new FencedMutex(), GenerateLock, history => ExpectLock(history, exclusive: true))
        {
            WitnessStandsAlone = true,
        },
        new("fenced-mutex-shared", new FencedMutex(exclusive: false), GenerateLock,
            history => ExpectLock(history, exclusive: false)) { WitnessStandsAlone = true },
        new("leader", new LeaderPerTerm(), GenerateLeaders, ExpectLeaders) { WitnessStandsAlone = true },
        new("bank", new BankSnapshots(Value.Nil), GenerateBank, ExpectBank),
    ];

    static History GenerateSales(RandomHistories random)
    {
        var (next, held, limit) = (0, new SortedDictionary<Value, long>(), Stock);
        return random.Next(
            () => random.Random.Next(8) switch
            {
                < 5 => ("sell", Value.Nil, Value.Map(("id", next++), ("quantity", random.Random.Next(1, 3)))),
                < 7 => ("cancel", Value.Nil, Value.Map(("id", random.Random.Next(next + 1)))),
                _ => ("restock", Value.Nil, Value.Map(("quantity", 1))),
            },
            (function, _, input) =>
            {
                if (function == "cancel")
                    held.Remove(input["id"]);
                limit += function == "restock" ? 1 : 0;
                if (function != "sell")
                    return (true, Value.Nil);
                var fits = held.Values.Sum() + input["quantity"].AsInteger <= limit;
                if (fits)
                    held.Add(input["id"], input["quantity"].AsInteger);
                return (true, Value.Of(fits));
            },
            (function, output) => function == "sell" ? Value.Of(!output.AsBoolean) : output);
    }

    static Validity ExpectSales(History history)
    {
        // Several cancels of one sale are judged more kindly than by trying every order.
        if (!BruteForce.Explains(history, new Sales([], Stock), Sell))
            return Validity.Invalid;
        return Ok(history, "sell").Any(o => o.Output != Value.Of(false)) ? Validity.Valid : Validity.Unknown;
    }

    static object? Sell(object state, Operation operation)
    {
        var (held, limit) = (Sales)state;
        var id = operation.Input["id"];
        switch (operation.Function)
        {
            case "cancel":
                return new Sales([.. held.Where(sale => sale.Id != id)], limit);
            case "restock":
                return new Sales(held, limit + 1);
            default:
                if (operation.Output == Value.Of(false))
                    return state;
                List<(Value Id, long Quantity)> more =
                    [.. held, (id, operation.Input["quantity"].AsInteger)];
                return more.Sum(sale => sale.Quantity) <= limit ? new Sales(more, limit) : null;
        }
    }

    static History GenerateLock(RandomHistories random)
    {
        var (last, free) = (0L, true);
        return random.Next(
            () => random.Random.Next(6) switch
            {
                < 3 => ("acquire", Value.Nil, Value.Nil),
                3 => ("release", Value.Nil, Value.Nil),
                _ => ("write", Value.Nil, Value.Map(("token", random.Random.Next((int)last + 1)))),
            },
            (function, _, _) =>
            {
                if (function == "write")
                    return (true, Value.Nil);
                var fits = free == (function == "acquire");
                free ^= fits;
                return (fits || random.Random.Next(6) == 0, function == "acquire" ? ++last : Value.Nil);
            },
            (function, output) => function == "acquire" ? random.Random.Next(3) : output);
    }

    static Validity ExpectLock(History history, bool exclusive)
    {
        var acquires = Ok(history, "acquire").ToList();
        var writes = Ok(history, "write").ToList();
        var broken = acquires.Exists(a => acquires.Exists(b => a.Index != b.Index && (a.Output == b.Output
            || (a.CompletedAt < b.InvokedAt && a.Output > b.Output))));
        broken |= writes.Exists(a => writes.Exists(b =>
            a.CompletedAt < b.InvokedAt && a.Input["token"] > b.Input["token"]));
        broken |= Possible(history, "acquire").All(o => o.Outcome == Outcome.Ok)
            && writes.Exists(w => acquires.TrueForAll(a => a.Output != w.Input["token"]));
        broken |= exclusive && !BruteForce.Explains(
            history.Only(o => o.Function != "write"), (Held: false, Token: -1L), HoldsInOrder);
        return broken ? Validity.Invalid : acquires.Count == 0 ? Validity.Unknown : Validity.Valid;
    }

    // Each holder's token is greater than those of all before.
    static object? HoldsInOrder(object state, Operation operation)
    {
        var (isHeld, last) = ((bool, long))state;
        if (operation.Function == "release")
            return isHeld ? (false, last) : null;
        var token = operation.Outcome == Outcome.Ok ? operation.Output.AsInteger : last + 1;
        return isHeld || token <= last ? null : (true, operation.Outcome == Outcome.Ok ? token : last);
    }

    static History GenerateLeaders(RandomHistories random)
    {
        var (term, leader) = (1L, 1L);
        return random.Next(
            () => (
                random.Random.Next(3) switch { 0 => "lead", 1 => "act", _ => "leader" }, Value.Nil,
                Value.Nil),
            (function, _, _) =>
            {
                if (function == "lead")
                    (term, leader) = (term + 1, random.Random.Next(3));
                return (true, Value.Map(("term", term), ("leader", leader)));
            },
            (_, output) => Value.Map(("term", output["term"]), ("leader", random.Random.Next(3))));
    }

    static Validity ExpectLeaders(History history)
    {
        var claims = history.Operations.Where(o => o.Outcome == Outcome.Ok).ToList();
        var two = claims.Exists(a => claims.Exists(b =>
            a.Output["term"] == b.Output["term"] && a.Output["leader"] != b.Output["leader"]));
        return two ? Validity.Invalid : claims.Count == 0 ? Validity.Unknown : Validity.Valid;
    }

    static History GenerateBank(RandomHistories random)
    {
        var accounts = new long[] { 2, 2 };
        return random.Next(
            () => random.Random.Next(2) == 0
                ? ("read", Value.Nil, Value.Nil)
                : ("transfer", Value.Nil, Value.Map(("from", 0), ("to", 1), ("amount", 1))),
            (function, _, _) =>
            {
                if (function == "transfer" && accounts[0] > 0)
                    (accounts[0], accounts[1]) = (accounts[0] - 1, accounts[1] + 1);
                return (true, function == "transfer" ? Value.Nil
                    : Value.Map((0, accounts[0]), (1, accounts[1])));
            },
            (_, output) => output.IsNil ? output : random.Random.Next(4) switch
            {
                0 => Value.Map((0, output[0])),
                1 => Value.Map((0, output[0]), (1, Value.Nil)),
                2 => Value.Map((0, output[0].AsInteger - 3), (1, output[1].AsInteger + 3)),
                _ => Value.Map((0, output[0]), (1, output[1]), (2, 0)),
            });
    }

    static Validity ExpectBank(History history)
    {
        var reads = Ok(history, "read").OrderBy(o => o.Index).Select(o => o.Output).ToList();
        if (reads.Count == 0)
            return Validity.Unknown;
        static string Keys(Value read) => string.Join(' ', read.AsMap.ToArray().Select(pair => pair.Key));
        static long Total(Value read) => read.AsMap.ToArray().Sum(pair => pair.Value.AsInteger);
        return reads.TrueForAll(read => Keys(read) == Keys(reads[0])
            && read.AsMap.ToArray().All(pair => pair.Value.IsInteger && pair.Value.AsInteger >= 0)
            && Total(read) == Total(reads[0]))
            ? Validity.Valid
            : Validity.Invalid;
    }

    sealed record Sales(List<(Value Id, long Quantity)> Held, long Limit)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Held.Count} of {Limit}");
    }
}
