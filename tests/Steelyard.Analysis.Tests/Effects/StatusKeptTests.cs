using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class StatusKeptTests
{
    const string OneAfterTheOther = """
        0 invoke set-status key=ann {status: away}
        0 ok     set-status
        1 invoke set-status key=ann {status: online}
        1 ok     set-status

        """;

    static Verdict Judge(string updates, string read, Func<Value, Value, bool>? outranks = null) =>
        new StatusKept(outranks).Check(
            History.Parse(updates + $"9 invoke get-status key=ann\n9 ok get-status {read}"));

    [Fact]
    public void The_older_update_that_hides_the_newer_one_is_a_lost_update()
    {
        var verdict = Judge(OneAfterTheOther, "away");

        Assert.Equal("lost-update", verdict.Anomalies[0].Type);
        Assert.Equal(
            "ann set the status \"online\" and it was acknowledged, no later update overwrote it, yet "
                + "after the"
            + " heal process 9 reads \"away\", which was set and acknowledged before",
            verdict.Summary);
        Assert.Equal([0, 1, 2], verdict.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData("online")]
    [InlineData("[away, online]")]
    [InlineData("{phone: away, laptop: online}")]
    public void The_last_word_stands_as_value_sibling_or_device(string read) =>
        Assert.Equal(Validity.Valid, Judge(OneAfterTheOther, read).Validity);

    [Fact]
    public void A_concurrent_update_may_have_overwritten_it()
    {
        const string concurrent = """
            0 invoke set-status key=ann {status: away}
            1 invoke set-status key=ann {status: online}
            0 ok     set-status
            1 ok     set-status

            """;

        Assert.Equal(Validity.Valid, Judge(concurrent, "away").Validity);
        Assert.Equal(Validity.Valid, Judge(concurrent, "online").Validity);
    }

    [Fact]
    public void A_user_whose_status_nobody_read_at_the_end_is_unknown()
    {
        var verdict = Judge(OneAfterTheOther.Replace("ann", "bob", StringComparison.Ordinal), "away");

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("nobody read the status of bob", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_applications_rule_may_hide_a_status_behind_one_that_outranks_it()
    {
        static bool AwayFirst(Value shown, Value hidden) => shown == "away" && hidden == "online";

        Assert.Equal(Validity.Valid, Judge(OneAfterTheOther, "away", AwayFirst).Validity);
        Assert.Equal(Validity.Invalid, Judge(OneAfterTheOther, "busy", AwayFirst).Validity);
    }

    [Fact]
    public void It_agrees_with_its_definition_on_random_histories()
    {
        var broken = 0;
        RandomEffects.ForScripts(script =>
        {
            var builderScript = script.Length > 16 ? script[..16] : script;
            var history = RandomEffects.Play(
                builderScript,
                (step, choice) => choice % 3 == 0
                    ? (Functions.GetStatus, "ann", Value.Nil)
                    : (Functions.SetStatus, "ann", Value.Map(("status", step))),
                choice => choice % 10);
            var valid = new StatusKept().Check(history).Validity;
            broken += valid == Validity.Invalid ? 1 : 0;
            return valid == Validity.Unknown || valid == Validity.Invalid == ByDefinition(history);
        });
        Assert.True(broken > 20, $"only {broken} of the random histories were broken: too few to say much");
    }

    /// <summary>
    /// Whether some acknowledged update, that every other ended before, is missing from a final read.
    /// </summary>
    static bool ByDefinition(History history)
    {
        var updates = history.Operations
            .Where(o => o.Function == Functions.SetStatus).ToList();
        var end = updates.Select(o => o.Outcome == Outcome.Open ? o.InvokedAt : o.CompletedAt)
            .Append(-1).Max();
        var finals = history.Operations
            .Where(o => o.Function == Functions.GetStatus && o.Outcome == Outcome.Ok)
            .Where(o => o.InvokedAt >= end).ToList();
        return updates.Exists(w => w.Outcome == Outcome.Ok
            && updates.TrueForAll(
                u => u.Index == w.Index || !u.MayHaveHappened || RandomEffects.Precedes(u, w))
            && finals.Exists(r => r.Output != w.Input["status"]));
    }
}
