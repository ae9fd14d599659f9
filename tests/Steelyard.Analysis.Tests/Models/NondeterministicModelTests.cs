using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models;

public class NondeterministicModelTests
{
    static Verdict Judge(string text) => new Linearizable(new ForgetfulCache()).Check(History.Parse(text));

    const string Put = "0 invoke put 5\n0 ok put\n1 invoke get\n1 ok get ";

    [Theory]
    [InlineData("5", Validity.Valid)]
    [InlineData("nil", Validity.Valid)]
    [InlineData("6", Validity.Invalid)]
    public void A_step_may_leave_one_of_several_states(string got, Validity expected) =>
        Assert.Equal(expected, Judge(Put + got).Validity);

    [Fact]
    public void What_was_observed_tells_which_choice_was_made()
    {
        Assert.Equal(Validity.Invalid, Judge(Put + "nil\n1 invoke get\n1 ok get 5").Validity);
        Assert.Equal(
            "process 1: get → ok 6, although in every order that fits so far the state was nil or 5",
            Judge(Put + "6").Summary);
    }

    [Fact]
    public void Sets_of_states_are_equal_in_any_order_and_hold_each_once()
    {
        var (one, other) = (new StateSet<int>([1, 2, 1]), new StateSet<int>([2, 1]));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal([1, 2], one);
        Assert.NotEqual(one, new StateSet<int>([1, 3]));
        Assert.NotEqual(one, new StateSet<int>([1]));
    }

    [Fact]
    public void A_model_that_may_be_anywhere_is_the_users_mistake() => Assert.Contains(
        "65,536",
        Assert.Throws<UserMistakeException>(() => new Linearizable(new Anywhere()).Check(History.Parse(
            "0 invoke jump\n0 ok jump"))).Message);

    [Fact]
    public void The_judge_agrees_with_trying_every_order_and_every_choice()
    {
        var counts = new int[2];
        var model = new LooseCounter();
        for (var seed = 0; seed < 1_500; seed++)
        {
            var history = Generate(new RandomHistories(seed));
            var expected = IsExplained(history);
            var verdict = new Linearizable(model).Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            Assert.True((verdict.Validity == Validity.Valid) == expected, context);
            if (expected)
                Assert.Null(LinearizationReplayer.Fault(model, history, verdict.Linearization!));
            counts[expected ? 1 : 0]++;
        }

        Assert.True(counts[0] > 150 && counts[1] > 150, string.Join(' ', counts));
    }

    static History Generate(RandomHistories random)
    {
        var count = 0L;
        return random.Next(
            () => (random.Random.Next(2) == 0 ? "inc" : "read", Value.Nil, Value.Nil),
            (function, _, _) =>
            {
                count += function == "inc" ? random.Random.Next(1, 3) : 0;
                return (true, function == "inc" ? Value.Nil : count);
            },
            (_, output) => output.IsNil ? output : Math.Max(0, output.AsInteger + random.Random.Next(-2, 3)));
    }

    // How much each inc adds is chosen first, then the order is.
    static bool IsExplained(History history)
    {
        var incs = history.Operations.Where(one => one.Function == "inc").Select(one => one.Index).ToList();
        return Enumerable.Range(0, 1 << incs.Count).Any(chosen => BruteForce.Explains(
            history, 0L, (state, one) => one.Function == "inc"
                ? (long)state + 1 + (chosen >> incs.IndexOf(one.Index) & 1)
                : one.Outcome != Outcome.Ok || one.Output == (long)state ? state : null));
    }

    /// <summary>It may forget before it is asked.</summary>
    sealed class ForgetfulCache : NondeterministicModel<Value>
    {
        public override string Name => "forgetful-cache";

        public override IEnumerable<Value> InitialStates(Value key) => [Value.Nil];

        public override IEnumerable<Value> Steps(Value state, Operation operation) =>
            operation.Function == "put" ? [operation.Input]
            : new[] { state, Value.Nil }.Where(held => Returned(operation, held));
    }

    /// <summary>Each inc adds one or two.</summary>
    sealed class LooseCounter : NondeterministicModel<long>
    {
        public override string Name => "loose-counter";

        public override IEnumerable<long> InitialStates(Value key) => [0];

        public override IEnumerable<long> Steps(long state, Operation operation) =>
            operation.Function == "inc" ? [state + 1, state + 2]
            : Returned(operation, state) ? [state] : [];
    }

    sealed class Anywhere : NondeterministicModel<int>
    {
        public override string Name => "anywhere";

        public override IEnumerable<int> InitialStates(Value key) => [0];

        public override IEnumerable<int> Steps(int state, Operation operation) => Enumerable.Range(0, 70_000);
    }
}
