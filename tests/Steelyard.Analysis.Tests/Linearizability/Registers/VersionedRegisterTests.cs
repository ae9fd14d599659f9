using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Registers;

public class VersionedRegisterTests
{
    // Above all versions that the histories tell: a write of unknown outcome may have any.
    const int MostVersions = 14;

    static Verdict Judge(string text, bool isDense = false, Value initial = default) =>
        new Linearizable(KnownModels.VersionedRegister(initial, isDense)).Check(History.Parse(text));

    const string Written = """
        0 invoke write a
        0 ok write 2
        1 invoke write b
        1 ok write {version: 4}

        """;

    [Theory]
    [InlineData("2 invoke read\n2 ok read [4, b]")]
    [InlineData("3 invoke write c\n2 invoke read\n2 ok read [4, b]\n2 invoke read\n2 ok read [7, c]")]
    [InlineData("2 invoke cas [b, c]\n2 ok cas [5, c]\n2 invoke read\n2 ok read {version: 5, value: c}")]
    [InlineData("3 invoke write c\n2 invoke cas [nil, [c, d]]\n2 ok cas [6, d]")]
    public void Versions_in_their_order_are_valid(string more) =>
        Assert.Equal(Validity.Valid, Judge(Written + more).Validity);

    [Theory]
    [InlineData("2 invoke read\n2 ok read [2, a]", "decreasing-version",
        "process 2 read version 2 after process 1 had been given version 4")]
    [InlineData("2 invoke read\n2 ok read nil", "decreasing-version",
        "process 2 read version 0 after process 1 had been given version 4")]
    [InlineData("2 invoke write c\n2 ok write 3", "decreasing-version",
        "process 2 was given version 3 after process 1 had been given version 4")]
    [InlineData("2 invoke read\n2 ok read [4, a]", "version-conflict",
        "version 4 is a, as process 2 read it, and b, as process 1 wrote it")]
    [InlineData("2 invoke write c\n2 ok write 4", "version-conflict",
        "version 4 is c, as process 2 wrote it, and b, as process 1 wrote it")]
    [InlineData("2 invoke write b\n2 ok write 4", "version-conflict",
        "process 1 and process 2 were both given version 4")]
    [InlineData("2 invoke read\n2 ok read [5, a]", "unwritten-version",
        "process 2 read a as version 5, which no write that could have happened by then had made")]
    [InlineData("2 invoke cas [a, c]\n2 ok cas 5", "impossible-cas",
        "process 2 put c in the place of a as version 5, though version 4 before it was b")]
    public void What_contradicts_the_versions_is_told(string more, string anomaly, string told)
    {
        var verdict = Judge(Written + more);

        Assert.Equal(anomaly, Assert.Single(verdict.Anomalies).Type);
        Assert.Equal(told, verdict.Summary);
    }

    [Fact]
    public void Gaps_are_wrong_only_where_versions_are_dense()
    {
        const string OneByOne = "0 invoke write a\n0 ok write 1\n0 invoke write b\n0 ok write 2\n";

        Assert.Equal("version-gap", Assert.Single(Judge(Written, isDense: true).Anomalies).Type);
        Assert.Equal(Validity.Valid, Judge(OneByOne, isDense: true).Validity);
        var filled = "3 invoke write c\n" + OneByOne.Replace("ok write 2", "ok write 3");
        Assert.Equal(Validity.Valid, Judge(filled, isDense: true).Validity);
        var later = Written.Replace("write 2", "write 3");
        Assert.Equal(Validity.Valid, Judge(later, isDense: true, Value.Map(("version", 2))).Validity);
    }

    [Fact]
    public void Changes_that_only_repeat_their_argument_tell_no_version() => Assert.Equal(
        Validity.Valid,
        Judge("""
            0 invoke write 7
            0 ok write 7
            0 invoke write 5
            0 ok write 5
            1 invoke read
            1 ok read [9, 5]
            """).Validity);

    [Fact]
    public void An_answer_without_the_shape_of_one_is_refused() => Assert.Contains(
        "expected read [version value]",
        Assert.Throws<UserMistakeException>(() => Judge("0 invoke read\n0 ok read 5")).Message);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public void The_checker_agrees_with_trying_every_order_and_every_version(bool isDense, int untoldOneIn)
    {
        var model = KnownModels.VersionedRegister(Value.Nil, isDense);
        var counts = new int[2];
        for (var seed = 0; seed < 1_500; seed++)
        {
            var history = Generate(new RandomHistories(seed), isDense, untoldOneIn);
            var expected = IsExplained(history, isDense);
            var verdict = new Linearizable(model).Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            Assert.True((verdict.Validity == Validity.Valid) == expected, context);
            if (expected)
                Assert.Null(LinearizationReplayer.Fault(model, history, verdict.Linearization!));
            else
                Assert.False(IsExplained(Alone(history, verdict.Anomalies[0].Witness), isDense), context);
            counts[expected ? 1 : 0]++;
        }

        Assert.True(counts[0] > 150 && counts[1] > 150, string.Join(' ', counts));
    }

    static History Alone(History history, IReadOnlyList<int> witness) =>
        history.Only(one => witness.Contains(one.Index));

    static History Generate(RandomHistories random, bool isDense, int untoldOneIn)
    {
        var (next, version, value) = (random.Random, 0L, Value.Nil);
        return random.Next(
            () => next.Next(7) switch
            {
                < 3 => ("read", Value.Nil, Value.Nil),
                < 6 => ("write", Value.Nil, next.Next(3)),
                _ => ("cas", Value.Nil, Value.List(next.Next(3), next.Next(3))),
            },
            (function, _, input) =>
            {
                if (function == "read")
                    return (true, version == 0 && next.Next(2) == 0 ? Value.Nil : Value.List(version, value));
                if (function == "cas" && input.AsList[0] != value)
                    return (false, Value.Nil);
                value = function == "cas" ? input.AsList[1] : input;
                version += isDense ? 1 : next.Next(1, 3);
                return (true, untoldOneIn > 0 && next.Next(untoldOneIn) == 0 ? Value.Nil
                    : Value.Map(("version", version)));
            },
            (function, output) => output.IsNil ? output : function != "read"
                ? Value.Map(("version", Math.Max(1, output["version"].AsInteger + next.Next(-1, 2))))
                : Value.List(
                    Math.Max(0, output.AsList[0].AsInteger + next.Next(-1, 2)),
                    next.Next(2) == 0 ? output.AsList[1] : next.Next(3)));
    }

    // Every version for each change that tells none, and then every order.
    static bool IsExplained(History history, bool isDense)
    {
        history = history.Only(one => one.Outcome == Outcome.Ok
            || (one.Outcome != Outcome.Fail && one.Function != "read"));
        var untold = history.Operations
            .Where(one => one.Function != "read" && VersionOf(one) is null).ToList();
        var given = new Dictionary<int, long>();
        return Try(0);

        bool Try(int next)
        {
            if (next == untold.Count)
                return BruteForce.Explains(history, (Version: 0L, Value: Value.Nil), (state, one) => Step(
                    ((long, Value))state, one, VersionOf(one) ?? given.GetValueOrDefault(one.Index),
                    isDense));
            for (var version = 1; version <= MostVersions; version++)
            {
                given[untold[next].Index] = version;
                if (!given.Where(one => one.Key != untold[next].Index).Any(one => one.Value == version)
                    && Try(next + 1))
                    return true;
            }

            given.Remove(untold[next].Index);
            return false;
        }
    }

    static long? VersionOf(Operation one) => one.Outcome != Outcome.Ok || one.Output.IsNil ? null
        : one.Output.Kind == ValueKind.Map ? one.Output["version"].AsInteger : one.Output.AsList[0].AsInteger;

    static object? Step((long Version, Value Value) state, Operation one, long version, bool isDense)
    {
        if (one.Function == "read")
            return one.Output.IsNil ? (state.Value.IsNil ? state : null)
                : version == state.Version && one.Output.AsList[1] == state.Value ? state : null;
        if (isDense ? version != state.Version + 1 : version <= state.Version)
            return null;
        if (one.Function == "write")
            return (version, one.Input);
        return one.Input.AsList[0] == state.Value ? (version, one.Input.AsList[1]) : null;
    }

    [Theory]
    [InlineData("write a", "write etag-1")]
    [InlineData("write a", "write [etag-1, a]")]
    [InlineData("write a", "write {version: etag-1}")]
    [InlineData("write a", "write false")]
    [InlineData("cas [a, b]", "cas v1.5")]
    public void A_change_whose_answer_is_no_version_is_refused(string asked, string answered) =>
        Assert.StartsWith(
            "operation 0: expected " + asked.Split(' ')[0] + " to return [version value]",
            Assert.Throws<UserMistakeException>(() =>
                Judge($"0 invoke {asked}\n0 ok {answered}")).Message);

    [Theory]
    [InlineData("write a", "write")]
    [InlineData("write a", "write a")]
    [InlineData("write [nil, a]", "write a")]
    [InlineData("write a", "write true")]
    [InlineData("write a", "write [nil, a]")]
    [InlineData("write a", "write {revision: 7}")]
    public void A_change_may_tell_no_version(string asked, string answered) =>
        Assert.Equal(Validity.Valid, Judge($"0 invoke {asked}\n0 ok {answered}").Validity);
}
