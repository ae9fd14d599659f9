using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Sql;

/// <summary>What an operation does within its transaction. Only what ended Ok is to be committed.</summary>
internal sealed class SqlOperations(SqlSession session, SqlDialect dialect, CancellationToken cancellation)
{
    /// <summary>Whether an operation changes nothing.</summary>
    public static bool OnlyReads(Invocation asked) => asked.Function switch
    {
        Functions.Read or Functions.Balances or Functions.ReplicaState => true,
        Functions.Txn => AreReads(asked.Input.AsList),
        _ => false,
    };

    /// <summary>Does it.</summary>
    public async Task<Completion> Do(Invocation asked) => asked.Function switch
    {
        Functions.Txn => await Steps(asked.Input),
        Functions.Transfer => await Transfer(asked.Input),
        Functions.Balances => Completion.Ok(await Balances()),
        Functions.ReplicaState => Completion.Ok(await State()),
        Functions.Read => Completion.Ok(await Read(asked.Key.AsText)),
        Functions.Write => await Changed(dialect.WriteRegister, Key(asked.Key), Given(asked.Input)),
        Functions.Cas => await CompareAndSet(asked.Key, asked.Input),
        "add" when asked.Key == SqlTables.Counter =>
            await Changed("update counters set n = n + @v where k = @k", Key(asked.Key), Given(asked.Input)),
        IdWorkload.Generate => Completion.Ok(Number((await session.Ask(dialect.NextId, cancellation))[0])),
        "add" => await Changed("insert into elements values (@v)", Given(asked.Input)),
        _ => throw new NotSupportedException($"no statement is known for {asked.Function}"),
    };

    async Task<Value> Read(string key) => key switch
    {
        SqlTables.Set => Value.List(
            [.. (await session.Ask("select v from elements order by v", cancellation)).Select(Number)]),
        SqlTables.Counter => Number((await session.Ask("select n from counters", cancellation))[0]),
        _ => await Register(key),
    };

    async Task<Value> Register(Value key) =>
        await session.Ask("select v from registers where k = @k", cancellation, Key(key)) is [var row]
            ? Number(row)
            : Value.Nil;

    async Task<Completion> Changed(string sql, params (string, object)[] given)
    {
        await session.Do(sql, cancellation, given);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> CompareAndSet(Value key, Value pair)
    {
        var changed = await session.Do(
            "update registers set v = @v where k = @k and v = @old", cancellation,
            Key(key), ("old", pair.AsList[0].AsInteger), Given(pair.AsList[1]));
        return changed == 1 ? Completion.Ok(Value.Nil) : new(Outcome.Fail, Value.Nil);
    }

    async Task<Completion> Steps(Value steps)
    {
        var done = new Value[steps.AsList.Length];
        for (var step = 0; step < done.Length; step++)
            done[step] = await Step(steps.AsList[step]);
        return Completion.Ok(Value.List(done));
    }

    // The keys of lists are numbers, those of registers words.
    async Task<Value> Step(Value step)
    {
        var (word, key) = (step.AsList[0].AsText, step.AsList[1]);
        if (word == "r")
            return Value.List("r", key, key.IsInteger ? await List(key) : await Register(key));
        await session.Do(
            word == "append" ? dialect.AppendToList : dialect.WriteRegister, cancellation,
            key.IsInteger ? ("k", key.AsInteger) : Key(key),
            word == "append" ? ("v", step.AsList[2].ToString()) : Given(step.AsList[2]));
        return step;
    }

    async Task<Value> List(Value key)
    {
        var rows = await session.Ask("select v from lists where k = @k", cancellation, ("k", key.AsInteger));
        return rows is [var row]
            ? Value.List([.. ((string)row[0]).Split(',').Select(
                text => (Value)long.Parse(text, CultureInfo.InvariantCulture))])
            : Value.EmptyList;
    }

    // As many a program does it: it reads, decides, and writes what it has computed.
    async Task<Completion> Transfer(Value asked)
    {
        var (from, to, cents) = (asked["from"].AsInteger, asked["to"].AsInteger, asked["amount"].AsInteger);
        var (there, other) = (await BalanceOf(from), await BalanceOf(to));
        if (there < cents)
            return Completion.Ok(Value.Of(false));
        await SetBalance(from, there - cents);
        await SetBalance(to, other + cents);
        await session.Do(
            "insert into transfers values (@id)", cancellation, ("id", asked["id"].AsText));
        return Completion.Ok(Value.Of(true));
    }

    async Task<long> BalanceOf(long account) =>
        (long)(await session.Ask(
            "select balance from accounts where id = @id", cancellation, ("id", account)))[0][0];

    Task<int> SetBalance(long account, long cents) => session.Do(
        "update accounts set balance = @v where id = @id", cancellation, ("id", account), ("v", cents));

    async Task<Value> Balances() => Value.Map(
        [.. (await session.Ask("select id, balance from accounts", cancellation)).Select(
            row => ((Value)(long)row[0], (Value)(long)row[1]))]);

    // Everything that a server holds, so that one can be held against another.
    async Task<Value> State()
    {
        var transfers = await session.Ask("select id from transfers", cancellation);
        var registers = await session.Ask("select k, v from registers", cancellation);
        return ReplicaStates.Of(
            await Balances(), transfers.Select(row => (string)row[0]),
            registers.Select(row => ((string)row[0], Value.Of((long)row[1]))));
    }

    static bool AreReads(ReadOnlySpan<Value> steps)
    {
        foreach (var step in steps)
            if (step.AsList[0] != "r")
                return false;
        return true;
    }

    static (string, object) Key(Value key) => ("k", key.AsText);

    static (string, object) Given(Value value) => ("v", value.AsInteger);

    static Value Number(object[] row) => (long)row[0];
}
