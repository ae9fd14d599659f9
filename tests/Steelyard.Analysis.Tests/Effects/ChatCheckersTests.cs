using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

public class ChatCheckersTests
{
    const string Sent = """
        0 invoke send key=lobby {id: m1}
        0 ok     send
        1 invoke send key=lobby {id: m2, reply-to: m1}
        1 ok     send
        2 invoke send key=lobby {id: m3}
        2 info   send

        """;

    static History Reading(string ids) =>
        History.Parse(Sent + $"8 invoke read-room key=lobby\n8 ok read-room {ids}");

    [Fact]
    public void An_acknowledged_message_missing_from_the_final_read_is_lost()
    {
        var verdict = new AcknowledgedKept().Check(Reading("[m1]"));

        Assert.Equal("lost-message", verdict.Anomalies[0].Type);
        Assert.Equal(
            "message m2 of process 1 was acknowledged, yet it is missing from 1 of 1 final read of lobby"
            + " (1 message lost there)",
            verdict.Summary);
        Assert.Equal([1, 3], verdict.Anomalies[0].Witness);
    }

    [Theory]
    [InlineData("[m1, m2]")]
    [InlineData("[m1, m2, m3]")]
    public void A_message_of_unknown_outcome_may_be_there_or_not(string ids)
    {
        var verdict = new AcknowledgedKept().Check(Reading(ids));

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal("all 2 acknowledged messages are in every one of 1 final read", verdict.Summary);
    }

    [Fact]
    public void A_read_before_the_end_need_not_hold_everything()
    {
        var history = History.Parse("""
            0 invoke read-room key=lobby
            0 ok     read-room []
            0 invoke send key=lobby {id: m1}
            0 ok     send
            0 invoke read-room key=lobby
            0 ok     read-room [m1]
            """);

        Assert.Equal(Validity.Valid, new AcknowledgedKept().Check(history).Validity);
    }

    [Fact]
    public void A_room_that_nobody_read_at_the_end_is_unknown() =>
        Assert.Equal(Validity.Unknown, new AcknowledgedKept().Check(History.Parse(Sent)).Validity);

    [Fact]
    public void A_loss_in_one_room_counts_though_nobody_read_another()
    {
        var verdict = new AcknowledgedKept().Check(History.Parse("""
            0 invoke send key=attic {id: m1}
            0 ok     send
            1 invoke send key=lobby {id: m2}
            1 ok     send
            2 invoke read-room key=lobby
            2 ok     read-room []
            """));

        Assert.Equal("lost-message", Assert.Single(verdict.Anomalies).Type);
    }

    [Fact]
    public void Where_nothing_was_acknowledged_nothing_is_proved() =>
        Assert.Equal(Validity.Unknown, new AcknowledgedKept().Check(History.Parse("""
            0 invoke send key=lobby {id: m1}
            0 info   send
            2 invoke read-room key=lobby
            2 ok     read-room []
            """)).Validity);

    [Fact]
    public void Sets_are_judged_by_the_same_rule()
    {
        var verdict = new AcknowledgedKept("add", "read", "element").Check(History.Parse("""
            0 invoke add 7
            0 ok     add 7
            1 invoke read
            1 ok     read []
            """));

        Assert.Equal("lost-element", verdict.Anomalies[0].Type);
    }

    [Fact]
    public void A_message_shown_twice_is_caught_once_for_all_its_readers()
    {
        var verdict = new DeliveredOnce().Check(History.Parse(Sent + """
            8 invoke read-room key=lobby
            8 ok     read-room [m1, m2, m1]
            9 invoke read-room key=lobby
            9 ok     read-room [m1, m2, m1]
            """));

        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal("process 8 saw message m1 twice in lobby", anomaly.Explanation);
        Assert.Equal([0, 3], anomaly.Witness);
    }

    [Fact]
    public void Messages_shown_once_each_are_fine() => Assert.Equal(
        "no message was shown twice in 1 read that showed 2 messages",
        new DeliveredOnce().Check(Reading("[m2, m1]")).Summary);

    [Theory]
    [InlineData("[m2]", "reply-without-parent")]
    [InlineData("[m2, m1]", "reply-before-parent")]
    public void A_reply_without_or_before_its_parent_is_caught(string ids, string type)
    {
        var anomaly = Assert.Single(new RepliesAfterParents().Check(Reading(ids)).Anomalies);

        Assert.Equal(type, anomaly.Type);
        Assert.Equal([1, 3], anomaly.Witness);
    }

    [Theory]
    [InlineData("[m1, m2]")]
    [InlineData("[m3, m1]")]
    public void A_reply_after_its_parent_is_fine(string ids) =>
        Assert.Equal(Validity.Valid, new RepliesAfterParents().Check(Reading(ids)).Validity);

    [Fact]
    public void The_order_checkers_agree_with_brute_force_on_random_reads()
    {
        RandomEffects.ForScripts(script =>
        {
            var ids = script.Select(n => (n & int.MaxValue) % 5).ToArray();
            var builder = new HistoryBuilder();
            for (var id = 0; id < 5; id++)
            {
                Value parent = id == 0 ? Value.Nil : (id - 1) / 2;
                var input = Value.Map(("id", id), ("reply-to", parent));
                var send = builder.Invoke(id, Functions.Send, "lobby", input);
                builder.Complete(send, Outcome.Ok, Value.Nil);
            }

            var read = builder.Invoke(9, Functions.ReadRoom, "lobby", Value.Nil);
            builder.Complete(read, Outcome.Ok, Value.List([.. ids.Select(i => (Value)i)]));
            var history = builder.Build();

            var once = ids.Distinct().Count() == ids.Length;
            var causal = ids.Select((id, at) => id == 0 || ids.Take(at).Contains((id - 1) / 2)).All(ok => ok);
            var kept = ids.Distinct().Count() == 5;
            return once == (new DeliveredOnce().Check(history).Validity == Validity.Valid)
                && causal == (new RepliesAfterParents().Check(history).Validity == Validity.Valid)
                && kept == (new AcknowledgedKept().Check(history).Validity == Validity.Valid);
        });
    }
}
