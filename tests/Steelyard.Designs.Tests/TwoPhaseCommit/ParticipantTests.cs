using Steelyard.Designs.Bank;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Designs.TwoPhaseCommit;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.TwoPhaseCommit;

public class ParticipantTests
{
    [Fact]
    public void A_promise_is_not_believed_saved_because_an_aborted_one_was()
    {
        var votes = new List<(long Round, TimeSpan At)>();
        Script.Play(
            2,
            world => world.Self == world.Nodes[0]
                ? new Listener(world, votes)
                : new WriteAllNode(world, new BankMachine(new Dictionary<long, long>(), dedup: true), new()),
            async world =>
            {
                var participant = world.Nodes[1];
                world.Send(participant, new Prepare(1, 0, []));
                await world.Delay(TimeSpan.FromMilliseconds(20));
                world.Send(participant, new Decisions(Begun: 1, Current: 0, LastCommitted: 0));
                for (var again = 0; again < 100; again++)
                {
                    world.Send(participant, new Prepare(2, 0, []));
                    await world.Delay(TimeSpan.FromMilliseconds(10));
                }
            });

        // A journal's first save is three syncs, the next one two; the second promise waits for the first.
        Assert.InRange(votes.First(vote => vote.Round == 2).At, 5 * Script.SyncTime, TimeSpan.FromSeconds(5));
    }

    sealed class Listener(INodeWorld world, List<(long Round, TimeSpan At)> votes) : INode
    {
        readonly long _born = world.Clock.GetTimestamp();

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            if (message is Vote vote)
                votes.Add((vote.Round, world.Clock.GetElapsedTime(_born)));
        }
    }
}
