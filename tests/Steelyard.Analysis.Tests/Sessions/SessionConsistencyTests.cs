using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

public class SessionConsistencyTests
{
    // What is wrong stands last; without it each history keeps the model.
    [Theory]
    [InlineData("read-your-writes", "0 write x 1; 0 read x nil",
        "process 0 read nil from x after it had written 1")]
    [InlineData("read-your-writes", "0 write x 1; 0 write x 2; 0 read x 1",
        "process 0 read 1 from x after it had written 2")]
    [InlineData("monotonic-reads", "0 write x 1; 0 write x 2; 1 read x 2; 1 read x 1",
        "process 1 read 1 from x after it had read 2")]
    [InlineData("monotonic-writes", "0 write x 1; 0 write y 2; 1 read y 2; 1 read x nil",
        "process 1 read nil from x after a write that came later than 1 in its process")]
    [InlineData("writes-follow-reads", "0 write x 1; 1 read x 1; 1 write y 2; 2 read y 2; 2 read x nil",
        "process 2 read nil from x after a write whose process had read a newer version")]
    [InlineData("writes-follow-reads", "0 write x 1; 1 read x 1; 1 write x 2; 2 read x 2; 2 read x 1",
        "process 2 read 1 from x after a write whose process had read a newer version")]
    [InlineData("pram", "0 write x 1; 0 write y 2; 1 read y 2; 1 read x nil",
        "process 1 read nil from x although 1 had been written before")]
    [InlineData("causal", "0 write x 1; 1 read x 1; 1 write y 2; 2 read y 2; 2 read x nil",
        "process 2 read nil from x although 1 had been written before")]
    [InlineData("causal+", "0 write x 1; 1 write x 2; 2 read x 1; 2 read x 2; 3 read x 2; 3 read x 1",
        "process 3 read 1 from x, and no one order of the writes explains that for all processes")]
    public void A_broken_promise_is_told_and_its_twin_is_not_broken(
        string consistency, string steps, string sentence)
    {
        var checker = new SessionConsistency(consistency);

        var verdict = checker.Check(Of(steps));

        Assert.Equal(sentence, verdict.Summary);
        Assert.Equal(steps.Split(';').Length, verdict.Anomalies[0].Witness.Count);
        Assert.NotEqual(Validity.Invalid, checker.Check(Of(steps[..steps.LastIndexOf(';')])).Validity);
    }

    [Theory]
    [InlineData("0 write x 1; 1 write x 2; 0 read x 2; 1 read x 1", "causal", "causal+")]
    [InlineData(
        "0 write z 1; 0 write x 1; 0 write y 1; 1 write x 2; 1 read z nil; 1 read y 1; 1 read x 2",
        "causal+", "causal")]
    [InlineData("0 write x 1; 1 read x 1; 1 write y 2; 2 read y 2; 2 read x nil", "pram", "causal")]
    [InlineData("0 write x 1; 1 write y 2; 0 read y nil; 1 read x nil", "causal+", "linearizable")]
    public void Models_are_told_apart(string steps, string keeps, string breaks)
    {
        var history = Of(steps);

        Assert.Equal(Validity.Valid, new SessionConsistency(keeps).Check(history).Validity);
        var broken = breaks == "linearizable"
            ? new Linearizable(KnownModels.Register()).Check(history)
            : new SessionConsistency(breaks).Check(history);
        Assert.Equal(Validity.Invalid, broken.Validity);
    }

    [Fact]
    public void What_is_ruled_out_is_all_that_imply_it()
    {
        var verdict = new SessionConsistency("pram").Check(
            Of("0 write x 1; 0 write y 2; 1 read y 2; 1 read x nil"));

        Assert.Contains("causal", verdict.NotModels);
        Assert.Contains("linearizable", verdict.NotModels);
        Assert.Contains("causal+", verdict.UndecidedModels);
    }

    [Theory]
    [InlineData("0 write x 1; 1 write x 1; 2 read x 1",
        "operation 4 read 1, which operation 0 wrote and another wrote as well")]
    [InlineData("0 append x a", "operation 0 is an append")]
    [InlineData("0 write x 1", "there was no completed read")]
    public void What_values_do_not_tell_is_undecided(string steps, string why)
    {
        var verdict = new SessionConsistency("causal").Check(Of(steps));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.StartsWith(why, verdict.Exhausted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_of_what_nobody_wrote_breaks_every_promise()
    {
        foreach (var name in SessionConsistency.Names)
            Assert.Equal(
                "process 1 read 7 from x, which nobody wrote",
                new SessionConsistency(name).Check(Of("0 write x 1; 1 read x 7")).Summary);
    }

    [Fact]
    public void An_unknown_function_is_the_users_mistake() =>
        Assert.Equal(
            "operation 2: expected read, write, get, put, cas or delete, found \"enqueue\"",
            Assert.Throws<UserMistakeException>(
                () => new SessionConsistency("pram").Check(Of("0 write x 1; 0 enqueue x 1"))).Message);

    [Fact]
    public void Two_cas_of_the_same_value_cannot_both_be_in_one_process_view()
    {
        const string Steps = "0 cas x [nil, 1]; 1 cas x [1, 2]; 1 cas x [1, 3]";

        Assert.Equal(Validity.Invalid, new SessionConsistency("pram").Check(Of(Steps)).Validity);
    }

    [Fact]
    public void A_pending_cas_that_only_its_own_write_could_have_allowed_is_invalid()
    {
        var verdict = new SessionConsistency("causal").Check(History.Parse("""
            0 invoke cas key=x [2, 2]
            1 invoke read key=x
            1 ok     read key=x 2
            """));

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal([0, 1], verdict.Anomalies[0].Witness);
    }

    // Steps of the form "process function key value", one after the other.
    internal static History Of(string steps)
    {
        var lines = steps.Split(';').Select(step => step.Trim().Split(' ', 4)).Select(step =>
        {
            var isRead = step[1] is "read" or "get";
            return $"{step[0]} invoke {step[1]} key={step[2]} {(isRead ? "" : step[3])}\n"
                + $"{step[0]} ok {step[1]} key={step[2]} {(isRead ? step[3] : "")}";
        });
        return History.Parse(string.Join('\n', lines));
    }
}
