using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sequential;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Tests.Sessions;
using Steelyard.Histories;
using RandomHistories = Steelyard.Analysis.Tests.Linearizability.RandomHistories;

namespace Steelyard.Analysis.Tests.Sequential;

public class SequentiallyConsistentTests
{
    // One search for every model: what a seed tells of it, it tells with each of them.
    const int Quick = 800;
    const int Thorough = 100_000;

    public static TheoryData<string> Names => [.. Specimens.All.Select(s => s.Name)];

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Fact]
    public void Several_registers_agree_with_trying_every_order()
    {
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomSessions(seed).Next();
            var expected = SessionBruteForce.Keeps(history, "sequential");
            var verdict = new SequentiallyConsistent(KnownModels.CasRegister()).Check(history);
            Assert.True(
                (verdict.Validity == Validity.Valid) == expected,
                $"seed {seed}: {verdict.Summary}\n{history.Written()}");
            _ = expected ? valid++ : invalid++;
            if (!expected)
            {
                var witness = verdict.Anomalies[0].Witness;
                Assert.False(SessionBruteForce.Keeps(
                    history.Only(o => witness.Contains(o.Index)), "sequential"), $"seed {seed}");
            }
        }

        Assert.True(valid > Histories / 10 && invalid > Histories / 20, $"{valid} valid, {invalid} invalid");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_model_agrees_with_trying_every_order(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new RandomHistories(seed) { MaximumClients = 3, MutateOneIn = 2 };
            var whole = specimen.Generate(random);
            var history = specimen.Model.KeysAreIndependent && whole.Count > 0
                ? whole.Only(o => o.Key == whole.Keys[0])
                : whole;
            var expected = Explains(history, specimen);
            var verdict = new SequentiallyConsistent(specimen.Model).Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            Assert.True((verdict.Validity == Validity.Valid) == expected, context);
            if (!expected)
            {
                var witness = verdict.Anomalies[0].Witness;
                Assert.False(
                    Explains(history.Only(o => witness.Contains(o.Index)), specimen),
                    $"{context}\nwitness {string.Join(' ', witness)}");
            }

            _ = expected ? valid++ : invalid++;
        }

        Assert.True(valid > Histories / 10 && invalid > Histories / 50, $"{valid} valid, {invalid} invalid");
    }

    [Fact]
    public void A_stale_read_is_sequential_and_two_that_disagree_are_not()
    {
        var checker = new SequentiallyConsistent(KnownModels.Register());

        Assert.Equal(Validity.Valid, checker.Check(
            SessionConsistencyTests.Of("0 write x 1; 1 read x nil")).Validity);
        var broken = checker.Check(
            SessionConsistencyTests.Of("0 write x 1; 1 write y 2; 0 read y nil; 1 read x nil"));
        Assert.Equal(Validity.Invalid, broken.Validity);
        Assert.Equal([0, 1, 2, 3], broken.Anomalies[0].Witness);
        Assert.Equal(["sequential", "linearizable"], broken.NotModels);
    }

    [Fact]
    public void A_search_that_runs_out_of_states_is_unknown()
    {
        var history = SessionConsistencyTests.Of(
            "0 write x 1; 1 write y 2; 0 read y nil; 1 read x nil; 2 write z 3; 3 write z 4");

        var verdict = new SequentiallyConsistent(KnownModels.Register(), stateLimit: 1).Check(history);

        Assert.Equal(Validity.Unknown, verdict.Validity);
    }

    static bool Explains(History history, Specimen specimen)
    {
        var processes = history.Operations
            .Where(o => o.Outcome != Outcome.Fail || (o.Function == "cas" && o.Error is null))
            .GroupBy(o => o.Process).Select(group => group.ToArray()).ToArray();
        // Behind the last operation that must have happened, a process may end anywhere.
        var ends = Array.ConvertAll(processes, process => 1 + Array.FindLastIndex(
            process, o => o.Outcome is Outcome.Ok or Outcome.Fail));
        return Try(processes, ends, new int[processes.Length], specimen.Initial, specimen.Step);
    }

    static bool Try(Operation[][] processes, int[] ends, int[] at, object state, BruteForce.Step step)
    {
        var isDone = true;
        for (var i = 0; i < processes.Length; i++)
            isDone &= at[i] >= ends[i];
        if (isDone)
            return true;
        for (var i = 0; i < processes.Length; i++)
        {
            if (at[i] == processes[i].Length || step(state, processes[i][at[i]]) is not { } next)
                continue;
            at[i]++;
            var explained = Try(processes, ends, at, next, step);
            at[i]--;
            if (explained)
                return true;
        }

        return false;
    }
}
