using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Proving;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Proving;

public class ProofsTests
{
    [Fact]
    public void A_valid_history_is_proved_by_an_order_that_was_run_again()
    {
        var proof = ProofOf(new Linearizable(KnownModels.Register()), """
            0 invoke write 1
            1 invoke read
            1 ok     read 1
            0 ok     write 1
            """);

        Assert.True(proof.IsVerified);
        Assert.Equal([0, 1], proof.Operations);
        Assert.Null(proof.SubHistory);
    }

    [Fact]
    public void An_invalid_history_is_proved_by_a_few_operations_that_are_invalid_alone()
    {
        var proof = ProofOf(new Linearizable(KnownModels.Register()), """
            0 invoke write 1
            0 ok     write 1
            0 invoke write 2
            0 ok     write 2
            1 invoke read
            1 ok     read 1
            2 invoke read
            2 ok     read 2
            2 invoke write 3
            2 ok     write 3
            """);

        Assert.True(proof.IsVerified);
        Assert.EndsWith(", whatever the others did", proof.Sentence);
        Assert.InRange(proof.SubHistory!.Count, 2, 4);
        Assert.Equal(
            Validity.Invalid, new Linearizable(KnownModels.Register()).Check(proof.SubHistory).Validity);
    }

    [Fact]
    public void An_order_that_does_not_hold_is_a_bug_and_no_proof()
    {
        var history = History.Parse("0 invoke write 1\n0 ok write 1\n0 invoke read\n0 ok read 1\n");
        var verdict = Verdict.Holds("linearizable", "", [1, 0]);

        Assert.Throws<InvalidOperationException>(
            () => Proofs.Of(new Linearizable(KnownModels.Register()), history, verdict));
    }

    [Fact]
    public void Checkers_without_proof_say_so()
    {
        const string serial = """
            0 invoke txn [[append, x, 1]]
            0 ok     txn [[append, x, 1]]
            """;
        var proof = ProofOf(new ListAppend("serializable"), serial);

        Assert.False(proof.IsVerified);
        Assert.StartsWith("no proof: ", proof.Sentence);
    }

    [Fact]
    public void Other_checkers_are_proved_where_the_operations_named_are_invalid_alone()
    {
        var proof = ProofOf(new ListAppend("serializable"), """
            0 invoke txn [[append, x, 1], [r, y, nil]]
            1 invoke txn [[append, y, 1], [r, x, nil]]
            0 ok     txn [[append, x, 1], [r, y, [1]]]
            1 ok     txn [[append, y, 1], [r, x, [1]]]
            2 invoke txn [[append, z, 1]]
            2 ok     txn [[append, z, 1]]
            """);

        Assert.True(proof.IsVerified, proof.Sentence);
        Assert.Equal(2, proof.SubHistory!.Count);
    }

    [Fact]
    public void Every_verdict_on_random_histories_has_a_proof_that_holds()
    {
        foreach (var specimen in Specimens.All)
            for (var seed = 0; seed < 200; seed++)
            {
                var history = specimen.Generate(new RandomHistories(seed));
                var checker = new Linearizable(specimen.Model);
                var proof = Proofs.Of(checker, history, checker.Check(history));
                Assert.True(proof.IsVerified, $"{specimen.Name} seed {seed}: {proof.Sentence}");
            }
    }

    static VerdictProof ProofOf(IChecker checker, string text)
    {
        var history = History.Parse(text);
        return Proofs.Of(checker, history, checker.Check(history));
    }
}
