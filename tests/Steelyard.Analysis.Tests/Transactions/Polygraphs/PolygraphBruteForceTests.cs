using Steelyard.Analysis.Transactions;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions.Polygraphs;

/// <summary>The search against the definitions tried out, on random small histories of registers.</summary>
public class PolygraphBruteForceTests(ITestOutputHelper output)
{
    static readonly (string Model, bool IsSnapshot, Func<Operation, Operation, bool> Before)[] Models =
    [
        ("serializable", false, TransactionBruteForce.None),
        ("strong-session-serializable", false, TransactionBruteForce.ByProcess),
        ("strict-serializable", false, TransactionBruteForce.ByRealTime),
        ("snapshot-isolation", true, TransactionBruteForce.None),
        ("strong-session-snapshot-isolation", true, TransactionBruteForce.ByProcess),
        ("strong-snapshot-isolation", true, TransactionBruteForce.ByRealTime),
    ];

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 100_000 : 2_500;

    [Fact]
    public void What_the_search_decides_is_what_the_definitions_say()
    {
        var (kept, broken, searched) = (0, 0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = Next(seed);
            var verdict = new RwRegister().Check(history);
            if (verdict.Anomalies.Any(IsSearched))
                searched++;
            foreach (var (model, isSnapshot, before) in Models)
            {
                var judge = new RegisterBruteForce(history, before);
                var expected = isSnapshot ? judge.IsSnapshotIsolated() : judge.IsSerializable();
                Assert.True(
                    expected != verdict.NotModels.Contains(model), Told(seed, model, history, verdict));
                _ = expected ? kept++ : broken++;
            }

            if (verdict.Linearization is { } order)
                Assert.True(
                    RegisterBruteForce.FirstMisfit(history, order) is null,
                    Told(seed, string.Join(' ', order), history, verdict));
            AssertWitnesses(seed, history, verdict);
        }

        output.WriteLine($"{kept} kept, {broken} broken, {searched} by search alone");
        Assert.True(kept > Histories && broken > Histories, $"{kept} kept, {broken} broken");
        // What needs no choice goes by the name of its cycle.
        Assert.True(searched > Histories / 40, $"{searched} contradictions found by search");
    }

    static History Next(int seed) => seed % 2 == 0
        ? RegisterHistories.Of(
            new RandomTransactions(seed) { MaximumTransactions = seed % 20 == 0 ? 6 : 5 }.Next())
        : new WildRegisters(seed).Next();

    // Those named contradict each other on their own.
    static void AssertWitnesses(int seed, History history, Verdict verdict)
    {
        foreach (var found in verdict.Anomalies.Where(IsSearched))
        {
            Func<Operation, Operation, bool> before =
                found.Type.EndsWith("-realtime", StringComparison.Ordinal)
                ? TransactionBruteForce.ByRealTime
                : found.Type.EndsWith("-process", StringComparison.Ordinal) ? TransactionBruteForce.ByProcess
                : TransactionBruteForce.None;
            var part = new RegisterBruteForce(history, before, found.Witness);
            var explained = found.Type.Contains("snapshot", StringComparison.Ordinal)
                ? part.IsSnapshotIsolated()
                : part.IsSerializable();
            Assert.False(explained, Told(seed, string.Join(' ', found.Witness), history, verdict));
        }
    }

    static bool IsSearched(Anomaly found) => found.Type.StartsWith("no-", StringComparison.Ordinal);

    static string Told(int seed, string model, History history, Verdict verdict) =>
        $"seed {seed}, {model}: {verdict.Summary}\n{history.Written()}\n"
        + string.Join('\n', verdict.Anomalies.Select(found => $"{found.Type}: {found.Explanation}"));
}
