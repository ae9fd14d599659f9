using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Verdicts on random small histories against the definitions tried out, and laws that must
/// hold.</summary>
public class TransactionBruteForceTests
{
    const int Quick = 3_000;
    const int Thorough = 100_000;

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    internal static readonly (string Model, Func<Operation, Operation, bool> Before)[] Serial =
    [
        ("serializable", TransactionBruteForce.None),
        ("strong-session-serializable", TransactionBruteForce.ByProcess),
        ("strict-serializable", TransactionBruteForce.ByRealTime),
    ];

    static readonly (string Model, Func<Operation, Operation, bool> Before)[] Snapshots =
    [
        ("snapshot-isolation", TransactionBruteForce.None),
        ("strong-session-snapshot-isolation", TransactionBruteForce.ByProcess),
        ("strong-snapshot-isolation", TransactionBruteForce.ByRealTime),
    ];

    [Fact]
    public void Serializable_is_what_some_order_of_transactions_explains()
    {
        var (kept, broken) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomTransactions(seed).Next();
            var verdict = new ListAppend().Check(history);
            foreach (var (model, before) in Serial)
            {
                var expected = new TransactionBruteForce(history, before).IsSerializable();
                Assert.True(
                    expected != verdict.NotModels.Contains(model), Told(seed, model, history, verdict));
                _ = expected ? kept++ : broken++;
            }
        }

        // Neither side of the comparison may be empty, or it proves little.
        Assert.True(kept > Histories / 5 && broken > Histories / 5, $"{kept} kept, {broken} broken");
    }

    [Fact]
    public void Snapshot_isolated_is_what_some_order_of_starts_and_commits_explains()
    {
        var (kept, broken) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomTransactions(seed).Next();
            if (!new TransactionBruteForce(history, TransactionBruteForce.None).AllAppendsAreRead)
                continue;
            var verdict = new ListAppend("snapshot-isolation").Check(history);
            foreach (var (model, before) in Snapshots)
            {
                var expected = new TransactionBruteForce(history, before).IsSnapshotIsolated();
                Assert.True(
                    expected != verdict.NotModels.Contains(model), Told(seed, model, history, verdict));
                _ = expected ? kept++ : broken++;
            }
        }

        Assert.True(kept > Histories / 10 && broken > Histories / 10, $"{kept} kept, {broken} broken");
    }

    [Fact]
    public void What_really_happened_one_after_another_is_strictly_serializable()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var history = new RandomTransactions(seed) { IsCorrect = true, MaximumTransactions = 40 }.Next();
            var verdict = new ListAppend().Check(history);
            Assert.True(verdict.NotModels.Count == 0, Told(seed, "strict-serializable", history, verdict));
        }
    }

    [Fact]
    public void Other_names_for_processes_and_other_times_change_nothing()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var history = new RandomTransactions(seed) { MaximumTransactions = 12 }.Next();
            var same = history.Renamed(process => 1000 - process, shiftNs: 77);
            Assert.Equal(Types(new ListAppend().Check(history)), Types(new ListAppend().Check(same)));
        }
    }

    [Fact]
    public void The_anomalies_are_the_same_whatever_model_was_asked_for()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var history = new RandomTransactions(seed) { MaximumTransactions = 12 }.Next();
            var types = Types(new ListAppend().Check(history)).Order(StringComparer.Ordinal).ToList();
            foreach (var model in ConsistencyLattice.ModelNames)
                Assert.Equal(
                    types, Types(new ListAppend(model).Check(history)).Order(StringComparer.Ordinal));
        }
    }

    static IEnumerable<string> Types(Verdict verdict) =>
        verdict.Anomalies.Select(found => found.Type).Distinct(StringComparer.Ordinal);

    static string Told(int seed, string model, History history, Verdict verdict) =>
        $"seed {seed}, {model}: {verdict.Summary}\n{history.Written()}\n"
        + string.Join('\n', verdict.Anomalies.Select(found => $"{found.Type}: {found.Explanation}"));
}
