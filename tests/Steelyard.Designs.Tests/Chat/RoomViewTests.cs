using Steelyard.Designs.AntiEntropy;
using Steelyard.Designs.Chat;
using Steelyard.Histories;

namespace Steelyard.Designs.Tests.Chat;

public class RoomViewTests
{
    static readonly RoomRules AsIsRight = new(ByTime: true, Causal: true, Dedup: true);

    // Each was sent by somebody who had seen the one before. Later another server took all three once more:
    // requests that were given up, and sent elsewhere, long ago.
    static readonly GossipEntry Parent = Copy(3, 10, "parent");
    static readonly GossipEntry Reply = Copy(1, 20, "reply", "parent");
    static readonly GossipEntry ReplyToReply = Copy(2, 30, "thanks", "reply");
    static readonly GossipEntry ParentAgain = Copy(4, 40, "parent");
    static readonly GossipEntry ReplyAgain = Copy(4, 50, "reply", "parent");
    static readonly GossipEntry ReplyToReplyAgain = Copy(4, 60, "thanks", "reply");
    static readonly string[] Thread = ["parent", "reply", "thanks"];

    [Fact]
    public void A_reply_does_not_move_above_a_late_copy_of_what_it_answers()
    {
        var shown = Shown(ParentAgain, ReplyAgain, Reply, Parent);

        Assert.All(shown[1..], ids => Assert.Equal(["parent", "reply"], ids));
    }

    [Fact]
    public void A_reply_that_waits_with_two_copies_is_shown_at_the_one_after_what_it_answers()
    {
        var shown = Shown(ReplyAgain, Reply, ParentAgain, Parent);

        Assert.Equal([[], [], ["parent", "reply"], ["parent", "reply"]], shown);
    }

    [Fact]
    public void In_whatever_order_copies_come_replies_stand_below_and_what_is_shown_stays_shown()
    {
        foreach (var order in Orders(
            [Parent, Reply, ReplyToReply, ParentAgain, ReplyAgain, ReplyToReplyAgain]))
        {
            var before = Array.Empty<string>();
            foreach (var ids in Shown([.. order]))
            {
                // Each answers the one before, so what is shown is a beginning of the thread.
                Assert.Equal(["parent", "reply", "thanks"], ids.Concat(Thread[ids.Length..]));
                Assert.InRange(ids.Length, before.Length, Thread.Length);
                before = ids;
            }

            Assert.Equal(Thread, before);
        }
    }

    [Fact]
    public void Replicas_with_the_same_copies_show_the_same_whatever_came_first()
    {
        // Between the copies, so that it stands above a reply that is at its later copy.
        var other = Copy(0, 35, "other");
        GossipEntry[][] sets =
        [
            [ParentAgain, ReplyAgain, Reply, other],
            [ParentAgain, ReplyAgain, Reply, other, Parent],
            [Parent, ParentAgain, Reply, ReplyAgain, ReplyToReplyAgain, other],
        ];

        foreach (var set in sets)
            Assert.Single(Orders(set).Select(order => string.Join(' ', Shown([.. order])[^1])).Distinct());
    }

    [Fact]
    public void Where_copies_are_not_told_apart_each_stands_below_a_copy_of_what_it_answers()
    {
        foreach (var order in Orders([Parent, Reply, ParentAgain, ReplyAgain]))
        {
            var shown = Shown(AsIsRight with { Dedup = false }, [.. order]);

            Assert.Equal(["parent", "reply", "parent", "reply"], shown[^1]);
            Assert.All(shown, ids => Assert.NotEqual("reply", ids.FirstOrDefault()));
        }
    }

    static GossipEntry Copy(int origin, long time, string id, string? replyTo = null) => new(
        origin, 1, new(time, 0),
        Value.Map(("id", id), ("reply-to", replyTo is null ? Value.Nil : (Value)replyTo)));

    static List<string[]> Shown(params GossipEntry[] copies) => Shown(AsIsRight, copies);

    static List<string[]> Shown(RoomRules rules, GossipEntry[] copies)
    {
        var room = new RoomView(rules);
        var shown = new List<string[]>();
        foreach (var copy in copies)
        {
            room.Add(copy);
            shown.Add([.. room.Ids.AsList.ToArray().Select(id => id.AsText)]);
        }

        return shown;
    }

    static IEnumerable<IEnumerable<T>> Orders<T>(IReadOnlyList<T> items) => items.Count == 0
        ? [[]]
        : items.SelectMany((item, at) =>
            Orders([.. items.Take(at), .. items.Skip(at + 1)]).Select(rest => rest.Prepend(item)));
}
