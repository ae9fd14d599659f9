using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads.Locks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models.Locks;

public class OwnedLockTests
{
    static Verdict Judge(Model model, string text) => new Linearizable(model).Check(History.Parse(text));

    const string Handed = """
        0 invoke acquire
        0 ok acquire
        1 invoke release
        1 ok release
        """;

    [Fact]
    public void Only_the_holder_releases()
    {
        Assert.Equal(Validity.Invalid, Judge(KnownModels.OwnerAwareMutex(), Handed).Validity);
        var byHolder = Handed.Replace("1 invoke", "0 invoke").Replace("1 ok", "0 ok");
        Assert.Equal(Validity.Valid, Judge(KnownModels.OwnerAwareMutex(), byHolder).Validity);
        Assert.Equal(Validity.Valid, Judge(KnownModels.Mutex(), Handed).Validity);
    }

    [Fact]
    public void A_client_that_a_recording_names_is_the_same_in_every_process() => Assert.Equal(
        Validity.Valid,
        Judge(KnownModels.OwnerAwareMutex(), """
            0 invoke acquire 17
            0 ok acquire {client: hz1, fence: 0, uid: 17}
            1 invoke release 18
            1 ok release {client: hz1, fence: 0, uid: 18}
            """).Validity);

    [Theory]
    [InlineData("[]")]
    [InlineData("[process]")]
    [InlineData("{anybody: 1}")]
    [InlineData("hz1")]
    public void Whatever_a_client_is_called_it_is_told_by_its_name(string client) => Assert.Contains(
        $"held by {client}",
        Judge(KnownModels.OwnerAwareMutex(), $$"""
            0 invoke acquire
            0 ok acquire {client: {{client}}}
            1 invoke acquire
            1 ok acquire {client: other}
            """).Summary);

    [Theory]
    [InlineData(1, Validity.Valid)]
    [InlineData(2, Validity.Valid)]
    [InlineData(3, Validity.Invalid)]
    public void The_holder_acquires_again_up_to_the_limit(int times, Validity expected)
    {
        var again = string.Concat(Enumerable.Repeat("0 invoke acquire\n0 ok acquire\n", times));

        Assert.Equal(expected, Judge(KnownModels.ReentrantMutex(), again).Validity);
        Assert.Equal(Validity.Valid, Judge(KnownModels.ReentrantMutex(3), again).Validity);
    }

    [Fact]
    public void A_lock_held_twice_is_not_free_when_released_once() => Assert.Equal(
        Validity.Invalid,
        Judge(KnownModels.ReentrantMutex(), """
            0 invoke acquire
            0 ok acquire
            0 invoke acquire
            0 ok acquire
            0 invoke release
            0 ok release
            1 invoke acquire
            1 ok acquire
            """).Validity);

    [Theory]
    [InlineData(5, 5, 6, Validity.Valid)]
    [InlineData(5, 6, 7, Validity.Invalid)]
    [InlineData(5, 5, 5, Validity.Invalid)]
    [InlineData(5, 0, 6, Validity.Valid)]
    [InlineData(0, 5, 6, Validity.Valid)]
    public void A_token_stays_while_the_lock_is_held_and_grows_then(
        int first, int again, int later, Validity expected) => Assert.Equal(
        expected,
        Judge(KnownModels.ReentrantFencedMutex(), $$"""
            0 invoke acquire
            0 ok acquire {client: a, fence: {{first}}}
            0 invoke acquire
            0 ok acquire {client: a, fence: {{again}}}
            0 invoke release
            0 ok release {client: a}
            0 invoke release
            0 ok release {client: a}
            1 invoke acquire
            1 ok acquire {client: b, fence: {{later}}}
            """).Validity);

    [Fact]
    public void Tokens_that_contradict_the_order_of_holders_are_told_though_they_overlap()
    {
        // The second acquire begins before the first ends, yet can only follow its release.
        const string Text = """
            0 invoke acquire
            1 invoke acquire
            0 ok acquire 2
            0 invoke release
            0 ok release
            1 ok acquire 1
            1 invoke release
            1 ok release
            """;
        var late = Text.Replace("1 ok acquire 1", "1 ok acquire 3");

        Assert.Equal(
            "nonmonotonic-token",
            Assert.Single(new FencedMutex().Check(History.Parse(Text)).Anomalies).Type);
        Assert.Equal(Validity.Valid, new FencedMutex().Check(History.Parse(late)).Validity);
        Assert.Equal(Validity.Valid, new FencedMutex(exclusive: false).Check(History.Parse(Text)).Validity);
    }

    [Theory]
    [InlineData("b", Validity.Invalid)]
    [InlineData("a", Validity.Valid)]
    public void Permits_are_given_back_by_who_had_acquired_them(string client, Validity expected) =>
        Assert.Equal(expected, Judge(KnownModels.Semaphore(2), $$"""
            0 invoke acquire 1
            0 ok acquire {client: a, uid: 1}
            1 invoke release 2
            1 ok release {client: {{client}}, uid: 2}
            """).Validity);

    [Fact]
    public void A_release_of_nobody_knows_whom_frees_one_permit_and_no_more()
    {
        static Validity Of(string more) => Judge(KnownModels.Semaphore(1), $$"""
            0 invoke acquire
            0 ok acquire {client: a}
            7 invoke release
            7 info release
            1 invoke acquire
            1 ok acquire {client: b}
            {{more}}
            """).Validity;

        Assert.Equal(Validity.Valid, Of("1 invoke release\n1 ok release {client: b}"));
        Assert.Equal(Validity.Invalid, Of("0 invoke acquire\n0 ok acquire {client: a}"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void What_nobody_knows_whose_it_is_is_anybodys(int limit, bool isFenced)
    {
        var model = (limit, isFenced) switch
        {
            (1, _) => KnownModels.OwnerAwareMutex(),
            (_, false) => KnownModels.ReentrantMutex(),
            _ => KnownModels.ReentrantFencedMutex(),
        };
        var counts = new int[2];
        for (var seed = 0; seed < 1_500; seed++)
        {
            var history = LockSpecimens.Generate(new RandomHistories(seed), limit, isFenced, named: true);
            var expected = UnknownOwners.Any(history, owners => BruteForce.Explains(
                history, LockSpecimens.Free, (state, operation) => LockSpecimens.Step(
                    (LockSpecimens.Held)state, operation, owners(operation), limit, isFenced)));
            var verdict = new Linearizable(model).Check(history);
            Assert.True(
                (verdict.Validity == Validity.Valid) == expected,
                $"seed {seed}: {verdict.Summary}\n{history.Written()}");
            counts[expected ? 1 : 0]++;
        }

        Assert.True(counts[0] > 75 && counts[1] > 150, string.Join(' ', counts));
    }

    [Fact]
    public void Permits_that_nobody_knows_whose_they_are_may_be_anybodys()
    {
        var counts = new int[2];
        for (var seed = 0; seed < 1_500; seed++)
        {
            var history = LockSpecimens.GeneratePermits(new RandomHistories(seed), permits: 2);
            var expected = UnknownOwners.Any(history, owners => BruteForce.Explains(
                history, "", (state, operation) =>
                    LockSpecimens.StepPermits((string)state, operation, owners(operation), permits: 2)));
            var verdict = new Linearizable(KnownModels.Semaphore(2)).Check(history);
            Assert.True(
                (verdict.Validity == Validity.Valid) == expected,
                $"seed {seed}: {verdict.Summary}\n{history.Written()}");
            counts[expected ? 1 : 0]++;
        }

        Assert.True(counts[0] > 75 && counts[1] > 150, string.Join(' ', counts));
    }

    [Theory]
    [InlineData("t5")]
    [InlineData("{client: c1, fence: t5}")]
    public void A_token_that_is_no_number_is_refused(string answer) => Assert.StartsWith(
        "operation 0: expected acquire a token, a whole number, or none, found",
        Assert.Throws<UserMistakeException>(() =>
            Judge(KnownModels.ReentrantFencedMutex(), $"0 invoke acquire\n0 ok acquire {answer}")).Message);
}
