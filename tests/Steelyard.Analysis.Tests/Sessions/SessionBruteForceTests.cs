using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sequential;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

public class SessionBruteForceTests
{
    const int Quick = 1_500;
    const int Thorough = 100_000;

    public static TheoryData<string> Names => [.. SessionConsistency.Names];

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_session_checker_agrees_with_its_definition(string consistency) =>
        DefinitionAgreement.Assert(
            Histories, seed => new RandomSessions(seed).Next(), new SessionConsistency(consistency),
            history => SessionBruteForce.Keeps(history, consistency),
            (history, verdict, context) => AssertWitness(history, consistency, verdict, context));

    [Fact]
    public void What_is_stronger_is_never_kept_alone()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomSessions(seed).Next();
            var kept = SessionConsistency.Names.ToDictionary(
                name => name, name => new SessionConsistency(name).Check(history).Validity);
            kept["linearizable"] = new Linearizable(KnownModels.CasRegister()).Check(history).Validity;
            kept["2-atomic"] = new KAtomic(KnownModels.Register(), 2).Check(history).Validity;
            kept["sequential"] =
                new SequentiallyConsistent(KnownModels.CasRegister()).Check(history).Validity;
            foreach (var (name, _) in kept.Where(k => k.Value == Validity.Valid))
                foreach (var weaker in ConsistencyLattice.Implied(name).Where(kept.ContainsKey))
                    Assert.True(
                        kept[weaker] != Validity.Invalid, $"{name} without {weaker}\n{history.Written()}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_names_of_processes_change_no_verdict(string consistency)
    {
        var checker = new SessionConsistency(consistency);
        for (var seed = 0; seed < 500; seed++)
        {
            var history = new RandomSessions(seed).Next(14);
            var renamed = history.Renamed(process => 50 - (7 * process), shiftNs: 0);

            Assert.Equal(checker.Check(history).Validity, checker.Check(renamed).Validity);
        }
    }

    // The operations named break the promise on their own.
    static void AssertWitness(History history, string consistency, Verdict verdict, string context)
    {
        var witness = Assert.Single(verdict.Anomalies).Witness;
        Assert.NotEmpty(witness);
        Assert.False(
            SessionBruteForce.Keeps(history.Only(o => witness.Contains(o.Index)), consistency),
            $"{context}\nwitness {string.Join(' ', witness)}");
    }
}
