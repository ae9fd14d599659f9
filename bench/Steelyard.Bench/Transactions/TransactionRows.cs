using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Bench.Transactions;

/// <summary>How fast transactions are judged, with and without the reading of their text.</summary>
internal static class TransactionRows
{
    /// <summary>The rows of design section 8 on transactions; a million of them only with
    /// <c>STEELYARD_LONG=1</c>.</summary>
    public static IEnumerable<Row> All()
    {
        foreach (var row in Of("100 k", 100_000))
            yield return row;
        foreach (var readFirst in (int[])[50, 0])
            yield return Registers(100_000, readFirst);
        yield return HotRegisters("100 k", 100_000);
        foreach (var model in (string[])["read-committed", "read-atomic", "causal"])
            yield return Sessions(1_000_000, model);
        if (Environment.GetEnvironmentVariable("STEELYARD_LONG") != "1")
            yield break;
        foreach (var row in Of("1 M", 1_000_000))
            yield return row;
        yield return HotRegisters("1 M", 1_000_000);
    }

    static IEnumerable<Row> Of(string name, int transactions)
    {
        var text = new Lazy<byte[]>(() => GeneratedTransactions.Edn(transactions, 20));
        var history = new Lazy<History>(() => Read(text.Value));
        yield return new(
            $"list-append, {name}, text to verdict", "transactions/s", 100e3, () => Judge(Read(text.Value)));
        yield return new(
            $"list-append, {name}, reading", "transactions/s", null, () => Read(text.Value).Count);
        yield return new($"list-append, {name}, judging", "transactions/s", null, () => Judge(history.Value));
    }

    static Row Registers(int transactions, int readFirst)
    {
        var history = new Lazy<History>(() => new GeneratedRegisters(20, readFirst).Next(transactions));
        return new(
            $"rw-register, 100 k, {100 - readFirst} % of writes blind, judging", "transactions/s", null,
            () => Judge(history.Value, new RwRegister()));
    }

    // 50 registers that stay hot for the whole history, as they do in most tests of stores.
    static Row HotRegisters(string name, int transactions)
    {
        var history = new Lazy<History>(
            () => new GeneratedRegisters(20, 0, registersAtOnce: 50, int.MaxValue).Next(transactions));
        return new(
            $"rw-register, {name}, 50 registers, all writes blind, judging", "transactions/s", 50e3,
            () => Judge(history.Value, new RwRegister()));
    }

    static Row Sessions(int operations, string model)
    {
        var text = new Lazy<byte[]>(() => GeneratedSessions.Plume(operations, keys: 1000, sessions: 100));
        return new(
            $"{model}, 1 M, text to verdict", "operations/s", model == "causal" ? 500e3 : null,
            () => Judge(Read(text.Value), new RwRegister(model)) > 0 ? operations : 0);
    }

    static History Read(byte[] text)
    {
        using var stream = new MemoryStream(text);
        return HistoryFile.Read(stream, "generated", ReadOptions.Default).History;
    }

    static double Judge(History history) => Judge(history, new ListAppend());

    static double Judge(History history, IChecker judge)
    {
        var verdict = judge.Check(history);
        return verdict.Validity == Validity.Valid
            ? history.Count
            : throw new InvalidOperationException(verdict.Summary);
    }
}
