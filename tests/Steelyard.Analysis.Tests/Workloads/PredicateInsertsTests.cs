using Steelyard.Analysis.Workloads.Inserts;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class PredicateInsertsTests
{
    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 100_000 : 2_500;

    [Fact]
    public void Two_inserts_of_a_key_that_both_succeed_are_G2()
    {
        var verdict = Check("""
            0 invoke insert [7, [1, nil]]
            1 invoke insert [7, [nil, 2]]
            0 ok insert [7, [1, nil]]
            1 ok insert [7, [nil, 2]]
            """);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        var found = Assert.Single(verdict.Anomalies);
        Assert.Equal("G2", found.Type);
        Assert.Equal([0, 1], found.Witness);
        Assert.Equal(["rw", "rw"], found.Cycle.Select(step => step.Kind));
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("info")]
    public void One_that_succeeds_beside_one_that_did_not_surely_is_fine(string outcome)
    {
        var verdict = Check($"""
            0 invoke insert [7, [1, nil]]
            1 invoke insert [7, [nil, 2]]
            0 ok insert [7, [1, nil]]
            1 {outcome} insert
            """);

        Assert.Equal(Validity.Valid, verdict.Validity);
    }

    [Fact]
    public void Without_a_success_nothing_was_tested()
    {
        Assert.Equal(Validity.Unknown, Check("0 invoke insert [7, [1, nil]]\n0 fail insert").Validity);
    }

    [Theory]
    [InlineData("0 invoke read", "expected the function insert, found read")]
    [InlineData("0 invoke insert 7", "expected a key and rows, [key [a b]], one of a and b nil, found 7")]
    [InlineData("0 invoke insert [7, [1, 2]]", "one of a and b nil, found [7, [1, 2]]")]
    public void Other_operations_are_told_by_their_index(string text, string told)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Check(text));
        Assert.StartsWith("operation 0: ", mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith(told, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_order_of_the_inserts_explains_is_invalid()
    {
        var (kept, broken) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = Random(seed);
            var expected = IsExplained([.. history.Operations.Where(o => o.MayHaveHappened)], []);
            var verdict = new PredicateInserts().Check(history);
            Assert.True(
                expected == (verdict.Validity != Validity.Invalid), $"seed {seed}\n{history.Written()}");
            _ = expected ? kept++ : broken++;
        }

        Assert.True(kept > Histories / 10 && broken > Histories / 10, $"{kept} kept, {broken} broken");
    }

    // Each in turn looks for a row of its key, and succeeds only where there is none.
    static bool IsExplained(List<Operation> left, HashSet<long> rows)
    {
        if (left.Count == 0)
            return true;
        foreach (var next in left.ToList())
        {
            var rest = left.Where(other => other.Index != next.Index).ToList();
            var key = next.Input.AsList[0].AsInteger;
            if (!rows.Contains(key) && IsExplained(rest, [.. rows, key]))
                return true;
            if (next.Outcome != Outcome.Ok && IsExplained(rest, rows))
                return true;
        }

        return false;
    }

    static History Random(int seed)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder();
        var count = 1 + random.Next(5);
        for (var i = 0; i < count; i++)
        {
            Value[] row = random.Next(2) == 0 ? [i, Value.Nil] : [Value.Nil, i];
            builder.Invoke(
                i, "insert", Value.Nil, Value.List(random.Next(4), Value.List(row)));
        }

        for (var i = 0; i < count; i++)
            if (random.Next(5) is > 0 and var chance)
                builder.Complete(
                    i, chance == 1 ? Outcome.Fail : chance == 2 ? Outcome.Info : Outcome.Ok, Value.Nil);
        return builder.Build();
    }

    static Verdict Check(string text) => new PredicateInserts().Check(History.Parse(text));
}
