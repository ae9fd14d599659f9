using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>A model, random histories of it, and its specification written a second time for the brute
/// force.</summary>
internal sealed record Specimen(
    string Name, Model Model, Func<RandomHistories, History> Generate, object Initial, BruteForce.Step Step)
{
    public override string ToString() => Name;

    public bool BruteForceExplains(History history) => Model.KeysAreIndependent
        ? ByKey(history).All(h => BruteForce.Explains(h, Initial, Step))
        : BruteForce.Explains(history, Initial, Step);

    // The brute force sees one key at a time where keys are independent: a history per key, positions and
    // all.
    static IEnumerable<History> ByKey(History history) =>
        history.Keys.Select(k => history.Only(o => o.Key == k));
}

internal static class Specimens
{
    static readonly object Absent = "nil";

    public static IReadOnlyList<Specimen> All { get; } =
    [
        new("register", KnownModels.Register(), r =>
            Register(r, false, distinct: false), Absent, RegisterStep),
        new("distinct", KnownModels.Register(), r =>
            Register(r, false, distinct: true), Absent, RegisterStep),
        new("cas-register", KnownModels.CasRegister(), r => Register(r, true, false), Absent, RegisterStep),
        new("cas-distinct", KnownModels.CasRegister(), ExchangeSpecimens.CasRegister, Absent, RegisterStep),
        new("rmw-distinct", KnownModels.Rmw(Value.Nil), ExchangeSpecimens.Rmw, Absent,
            ExchangeSpecimens.RmwStep),
        new("kv", KnownModels.Kv(), r => Kv(r, appends: true), "", KvStep),
        new("kv-distinct", KnownModels.Kv(), r => Kv(r, appends: false), "", KvStep),
        new("kv-appends", KnownModels.Kv(), r => TextSpecimens.Kv(r, repeatOneIn: 1_000), "",
            TextSpecimens.Step),
        new("kv-repeated", KnownModels.Kv(), r => TextSpecimens.Kv(r, repeatOneIn: 3), "",
            TextSpecimens.Step),
        new("multi-register", KnownModels.MultiRegister(), MultiRegister, (0L, 0L), MultiRegisterStep),
        new("bank", KnownModels.Bank(Value.Map((1, 10), (2, 5))), Bank, (10L, 5L), BankStep),
        .. CollectionSpecimens.All, .. LockSpecimens.All,
    ];

    static History Register(RandomHistories random, bool hasCas, bool distinct)
    {
        var state = new Dictionary<Value, Value> { ["x"] = Value.Nil, ["y"] = Value.Nil };
        var written = 0;
        var next = random.Random;
        return random.Next(
            () =>
            {
                Value key = next.Next(4) == 0 ? "y" : "x";
                return next.Next(hasCas ? 3 : 2) switch
                {
                    0 => ("read", key, Value.Nil),
                    1 => ("write", key, distinct ? ++written : next.Next(3)),
                    _ => ("cas", key, Value.List(next.Next(3), next.Next(3))),
                };
            },
            (function, key, input) =>
            {
                if (function == "read")
                    return (true, state[key]);
                if (function == "cas" && state[key] != input.AsList[0])
                    return (false, Value.Nil);
                state[key] = function == "cas" ? input.AsList[1] : input;
                return (true, Value.Nil);
            },
            (function, output) => function != "read" ? output : next.Next(5) switch
            {
                0 => Value.Nil,
                var other => (Value)(long)(other - 1),
            });
    }

    static object? RegisterStep(object state, Operation operation)
    {
        var now = (string)state;
        if (operation.Function == "read")
            return operation.Outcome != Outcome.Ok || operation.Output.ToString() == now ? now : null;
        if (operation.Function == "write")
            return operation.Input.ToString();
        var matches = operation.Input.AsList[0].ToString() == now;
        return operation.Outcome switch
        {
            Outcome.Fail => matches ? null : now,
            _ => matches ? operation.Input.AsList[1].ToString() : null,
        };
    }

    static History Kv(RandomHistories random, bool appends)
    {
        var state = new Dictionary<Value, string> { ["x"] = "", ["y"] = "" };
        var written = 0;
        var next = random.Random;
        return random.Next(
            () =>
            {
                Value key = next.Next(4) == 0 ? "y" : "x";
                return next.Next(appends ? 3 : 2) switch
                {
                    0 => ("get", key, Value.Nil),
                    1 => ("put", key, appends ? "ab"[next.Next(2)..] : $"v{++written}"),
                    _ => ("append", key, "ab"[next.Next(2)..]),
                };
            },
            (function, key, input) =>
            {
                if (function == "get")
                    return (true, state[key]);
                state[key] = function == "append" ? state[key] + input.AsText : input.AsText;
                return (true, Value.Nil);
            },
            (function, output) => function != "get" ? output : appends
                ? (next.Next(3) == 0 ? "" : output.AsText + "b")
                : (next.Next(4) == 0 ? "" : $"v{next.Next(1, 4)}"));
    }

    static object? KvStep(object state, Operation operation) => operation.Function switch
    {
        "get" => operation.Outcome != Outcome.Ok || operation.Output.AsText == (string)state ? state : null,
        "put" => operation.Input.AsText,
        _ => (string)state + operation.Input.AsText,
    };

    static History MultiRegister(RandomHistories random)
    {
        var state = new Dictionary<Value, Value> { ["x"] = 0, ["y"] = 0 };
        var next = random.Random;
        return random.Next(
            () => ("txn", Value.Nil, Value.List([.. Enumerable.Range(0, next.Next(1, 3)).Select(_ =>
            {
                Value register = next.Next(2) == 0 ? "x" : "y";
                return next.Next(2) == 0
                    ? Value.List("read", register, Value.Nil)
                    : Value.List("write", register, next.Next(3));
            })])),
            (_, _, input) => (true, Value.List([.. input.AsList.ToArray().Select(step =>
            {
                var parts = step.AsList.ToArray();
                if (parts[0] == "write")
                    state[parts[1]] = parts[2];
                return Value.List(parts[0], parts[1], state[parts[1]]);
            })])),
            (_, output) => Value.List([.. output.AsList.ToArray().Select(step => step.AsList[0] == "read"
                ? Value.List("read", step.AsList[1], next.Next(3))
                : step)]));
    }

    static object? MultiRegisterStep(object state, Operation operation)
    {
        var (x, y) = ((long, long))state;
        foreach (var step in (operation.Outcome == Outcome.Ok ? operation.Output : operation.Input).AsList)
        {
            var isX = step.AsList[1] == "x";
            if (step.AsList[0] == "write")
                (x, y) = isX ? (step.AsList[2].AsInteger, y) : (x, step.AsList[2].AsInteger);
            else if (operation.Outcome == Outcome.Ok && step.AsList[2] != (isX ? x : y))
                return null;
        }

        return (x, y);
    }

    static History Bank(RandomHistories random)
    {
        var (first, second) = (10L, 5L);
        var next = random.Random;
        return random.Next(
            () => next.Next(2) == 0
                ? ("balances", Value.Nil, Value.Nil)
                : ("transfer", Value.Nil, Transfer(next)),
            (function, _, input) =>
            {
                if (function == "balances")
                    return (true, Value.Map((1, first), (2, second)));
                var amount = input["amount"].AsInteger * (input["from"] == 1 ? 1 : -1);
                if (first - amount < 0 || second + amount < 0)
                    return (true, Value.Of(false));
                (first, second) = (first - amount, second + amount);
                return (true, Value.Of(true));
            },
            (function, output) => function == "transfer"
                ? Value.Of(!output.AsBoolean)
                : Value.Map((1, output[1].AsInteger - 1), (2, output[2].AsInteger + 1)));
    }

    static Value Transfer(Random next)
    {
        var from = next.Next(1, 3);
        var amount = next.Next(1, 9);
        return Value.Map(("id", next.Next(1000)), ("from", from), ("to", 3 - from), ("amount", amount));
    }

    static object? BankStep(object state, Operation operation)
    {
        var (first, second) = ((long, long))state;
        if (operation.Function == "balances")
            return operation.Outcome != Outcome.Ok
                || (operation.Output[1] == first && operation.Output[2] == second) ? state : null;
        var amount = operation.Input["amount"].AsInteger * (operation.Input["from"] == 1 ? 1 : -1);
        var moves = first >= amount && second >= -amount;
        if (operation.Outcome == Outcome.Ok && operation.Output.AsBoolean != moves)
            return null;
        return moves ? (first - amount, second + amount) : state;
    }
}
