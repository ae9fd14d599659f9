using Steelyard.Designs.Chat;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Histories;

namespace Steelyard.Designs.Tests.Chat;

public class ChatNodeTests
{
    static readonly Value Update = Value.Map(
        ("id", "s1"), ("status", "away"), ("device", "phone"), ("version", 1));

    [Fact]
    public void A_status_sent_again_is_the_same_update_to_its_client_too()
    {
        var answers = new List<ChatAnswer>();
        var options = new ChatOptions(new(true, true, true), StatusResolution.VectorClock, new());
        Script.Play(1, world => new ChatNode(world, options), async world =>
        {
            var request = new ChatRequest(new(Functions.SetStatus, "ann", Update), default, Value.Nil);
            // The second is sent while the first is being saved, the third when it is.
            Assert.Null(await world.Call(world.Nodes[0], request, TimeSpan.FromMilliseconds(20)));
            for (var again = 0; again < 2; again++)
                if (await world.Call(world.Nodes[0], request, TimeSpan.FromSeconds(2)) is ChatAnswer answer)
                    answers.Add(answer);
        });

        Assert.Equal([Value.List(0, 1), Value.List(0, 1)], answers.Select(answer => answer.Context["own"]));
    }
}
