using System.Globalization;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Transactions.Weak;

/// <summary>Read committed, read atomic and causal consistency on random small histories, against all orders
/// of commits.</summary>
public class WeakBruteForceTests(ITestOutputHelper output)
{
    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 100_000 : 2_000;

    [Fact]
    public void In_sessions_each_level_is_what_some_order_of_commits_satisfies()
    {
        var shares = new Shares();
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomWeakHistories(seed).InSessions();
            var force = new WeakBruteForce(history, withSessions: true);
            Compare(seed, history, force, Axiom.ReadCommitted, "read-committed", shares);
            Compare(seed, history, force, Axiom.ReadAtomic, "read-atomic", shares);
            Compare(seed, history, force, Axiom.Causal, "causal", shares);
            Compare(seed, history, force, Axiom.Causal, "transactional-causal", shares);
        }

        shares.Check(output);
    }

    [Fact]
    public void With_failed_and_crashed_transactions_the_models_without_sessions_are_exact_too()
    {
        var shares = new Shares();
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomWeakHistories(seed).Recorded();
            var data = new WeakBruteForce(history, withSessions: false);
            var view = new WeakBruteForce(history, withSessions: false, ownReadsCount: false);
            var sessions = new WeakBruteForce(history, withSessions: true);
            // The axioms know no reads of others over a write of one's own.
            if (!view.AnyReadOverOwnWrite)
                Compare(seed, history, view, Axiom.ReadCommitted, "monotonic-atomic-view", shares);
            Compare(seed, history, data, Axiom.ReadAtomic, "read-atomic", shares);
            Compare(seed, history, data, Axiom.Causal, "transactional-causal", shares);
            Compare(seed, history, sessions, Axiom.Causal, "causal", shares);
        }

        shares.Check(output);
    }

    static void Compare(
        int seed, History history, WeakBruteForce force, Axiom axiom, string model, Shares shares)
    {
        var verdict = new RwRegister(model).Check(history);
        var holds = force.Holds(axiom);
        var told = $"seed {seed}, {model}: {verdict.Summary}\n{history.Written()}\n"
            + string.Join('\n', verdict.Anomalies.Select(found => $"{found.Type}: {found.Explanation}"));
        Assert.True(holds != verdict.NotModels.Contains(model), told);
        Assert.True(holds != (verdict.Validity == Validity.Invalid), told);
        if (!holds)
            Assert.True(verdict.Anomalies.Count > 0 && verdict.Anomalies[0].Witness.Count > 0, told);
        shares.Add(model, holds);
    }

    /// <summary>How often each model was kept: neither side of a comparison may be empty, or it proves
    /// little.</summary>
    sealed class Shares
    {
        readonly SortedDictionary<string, (int Kept, int All)> _counts = new(StringComparer.Ordinal);

        public void Add(string model, bool holds)
        {
            var (kept, all) = _counts.GetValueOrDefault(model);
            _counts[model] = (kept + (holds ? 1 : 0), all + 1);
        }

        public void Check(ITestOutputHelper output)
        {
            foreach (var (model, (kept, all)) in _counts)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{model}: {kept} of {all} histories keep it"));
                Assert.InRange(kept, all / 20, all * 19 / 20);
            }
        }
    }
}
