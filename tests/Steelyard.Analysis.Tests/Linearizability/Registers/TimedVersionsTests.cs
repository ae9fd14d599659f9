using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Registers;

/// <summary>Versions that are timestamps.</summary>
public class TimedVersionsTests
{
    // Each later than the one before.
    static readonly Value[] s_moments =
    [
        "1999-12-31T23:59:59.999999999Z", "2026-11-30T09:59:59+00:00", "2026-11-30T11:00:00+01:00",
        "2026-11-30T10:00:00.000000001Z", "2026-11-30T10:00:00.25Z", "2026-11-30T10:00:00.5Z",
    ];

    static readonly Value[] s_numbers =
        [Value.Of(-2.5), Value.Of(-1e-300), 0, Value.Of(1e-300), Value.Of(1.5), 2, Value.Of(1.7e18)];

    static Verdict Judge(Value initial, params Value[] versions)
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < versions.Length; i++)
            builder.Complete(
                builder.Invoke(0, "write", Value.Nil, i), Outcome.Ok, Value.Map(("version", versions[i])));
        return new Linearizable(KnownModels.VersionedRegister(initial)).Check(builder.Build());
    }

    [Fact]
    public void Times_and_numbers_are_in_their_order()
    {
        Assert.Equal(Validity.Valid, Judge(Value.Nil, s_moments).Validity);
        Assert.Equal(Validity.Valid, Judge(Value.Map(("version", Value.Of(-3.5))), s_numbers).Validity);
        for (var i = 1; i < s_moments.Length; i++)
            Assert.Equal(Validity.Invalid, Judge(Value.Nil, s_moments[i], s_moments[i - 1]).Validity);
    }

    [Fact]
    public void A_time_that_goes_back_is_told_as_a_time() => Assert.Equal(
        "process 0 was given version 2026-11-30T10:00:00.25Z after process 0 had been given version"
        + " 2026-11-30T10:00:00.5Z",
        Judge(Value.Nil, s_moments[5], s_moments[4]).Summary);

    [Fact]
    public void One_time_written_in_two_ways_is_one_version() => Assert.Equal(
        "version-conflict",
        Judge(Value.Nil, "2026-11-30T11:00:00+01:00", "2026-11-30T10:00:00Z").Anomalies[0].Type);

    [Fact]
    public void Versions_are_of_one_kind()
    {
        Assert.Contains(
            "of one kind",
            Assert.Throws<UserMistakeException>(() => Judge(Value.Nil, 1, s_moments[0])).Message);
        var first = Value.Map(("version", "x"));
        Assert.Contains(
            "--initial", Assert.Throws<UserMistakeException>(() => Judge(first, 1)).Message);
    }

    [Fact]
    public void Whole_numbers_that_are_the_same_as_real_ones_are_not_compared_with_real_ones()
    {
        const long Exact = 1L << 53;
        Assert.Equal(Validity.Valid, Judge(Value.Nil, Exact, Exact + 1).Validity);
        Assert.Equal(Validity.Valid, Judge(Value.Nil, Exact - 1, Exact, Value.Of(1e17)).Validity);
        Assert.Contains(
            "of one kind",
            Assert.Throws<UserMistakeException>(() =>
                Judge(Value.Nil, Exact, Exact + 1, Value.Of(1e17))).Message);
    }

    [Theory]
    [InlineData("2026-11-30T10:00:00Z", true)]
    [InlineData("2026-11-30T10:00:00", false)]
    [InlineData("2026-11-30 10:00:00Z", false)]
    [InlineData("2026-11-30T10:00:00.Z", false)]
    [InlineData("2026-11-30T10:00:00.1234567890Z", false)]
    [InlineData("0026-11-30T10:00:00Z", false)]
    [InlineData("a-text-that-is-no-time-at-all", false)]
    public void Only_what_is_a_time_is_taken_for_one(string text, bool isTime) =>
        Assert.Equal(isTime, VersionScale.IsVersion(text));
}
