using System.Diagnostics;
using System.Globalization;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Transactions;
using Steelyard.Bench.Checker;
using Steelyard.Bench.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Bench.Growth;

/// <summary>
/// How judging grows with the length of a history: one line for each checker and length, as
/// <c>curve, operations, seconds</c> with tabs between. <c>bench/plots/growth.mjs</c> draws them.
/// </summary>
internal static class GrowthCurves
{
    static readonly int[] Lengths = [1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000];

    const int StepsOfATransaction = 10;

    // Judged again and again for this long, so that a millisecond is measured as well as a second.
    const double SecondsEach = 0.5;

    /// <summary>Prints every curve.</summary>
    public static void Print()
    {
        foreach (var (name, make, checker) in Curves())
        {
            checker.Check(make(Lengths[0]));
            foreach (var length in Lengths)
            {
                var history = make(length);
                var seconds = Seconds(checker, history).ToString("G4", CultureInfo.InvariantCulture);
                Console.WriteLine($"{name}\t{history.Count}\t{seconds}");
            }
        }
    }

    static IEnumerable<(string Name, Func<int, History> Make, IChecker Checker)> Curves()
    {
        yield return ("register", Register, new Linearizable(KnownModels.Register()));
        yield return ("register, a stale read", length => GeneratedHistories.StaleRead(length, 10),
            new Linearizable(KnownModels.Register()));
        yield return ("register, 1 % crashed", length => GeneratedHistories.Crashed(length, 10),
            new Linearizable(KnownModels.Register()));
        yield return ("kv, appended to", length => GeneratedHistories.Appends(length, 10),
            new Linearizable(KnownModels.Kv()));
        yield return ("cas-register", length => GeneratedHistories.CasRegister(length, 10),
            new Linearizable(KnownModels.CasRegister()));
        foreach (var model in (Model[])[KnownModels.Queue(), KnownModels.Stack(), KnownModels.Set()])
            yield return (model.Name, length => GeneratedCollections.Of(model, length, 16),
                new Linearizable(model));
        yield return ("register, causal", length => LaggingHistories.Of(length, 50, keys: 1_000),
            new SessionConsistency("causal"));
        yield return ("list-append", ListAppend, new ListAppend());
        yield return ("rw-register", length => new GeneratedRegisters(20, 50).Next(length), new RwRegister());
        yield return ("rw-register, causal", Weak, new RwRegister("causal"));
    }

    static History Register(int length) =>
        GeneratedHistories.OneKey(length, 10, Functions.Read, Functions.Write);

    static History ListAppend(int length) => Read(GeneratedTransactions.Edn(length, 20));

    static History Weak(int length) =>
        Read(GeneratedSessions.Plume(length * StepsOfATransaction, keys: 1_000, sessions: 100));

    static History Read(byte[] text)
    {
        using var stream = new MemoryStream(text);
        return HistoryFile.Read(stream, "generated", ReadOptions.Default).History;
    }

    /// <summary>Processor seconds of one judgement.</summary>
    static double Seconds(IChecker checker, History history)
    {
        GC.Collect();
        var (before, times) = (Spent(), 0);
        do
        {
            if (checker.Check(history).Validity == Validity.Unknown)
                throw new InvalidOperationException($"a history of {history.Count} was not decided");
            times++;
        }
        while (Spent() - before < SecondsEach);
        return (Spent() - before) / times;
    }

    static double Spent() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
