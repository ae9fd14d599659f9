using Steelyard.Designs.Tests.Hunts;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Runs;

public sealed class DoubledMessagesTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // A doubled question is answered twice, and what asks a second time may be answered by both.
    const double MostForOne = 3;

    [Theory]
    [InlineData("bank", 1)]
    [InlineData("bank --replication write-all", 1)]
    [InlineData("bank --replication async", 1)]
    [InlineData("chat", 1)]
    [InlineData("register", 1)]
    [InlineData("register --replication primary-backup-sync", 1)]
    [InlineData("register --replication primary-backup-sync", 0.2)]
    [InlineData("register --replication primary-backup-async", 1)]
    [InlineData("register --replication quorum --read-repair --write-back", 1)]
    [InlineData("register --replication quorum --nodes 5 --n 3 --sloppy --resolve dotted", 1)]
    public void A_doubled_message_begins_no_second_conversation(string command, double share)
    {
        var plain = MessagesUnder(command, duplication: 0);

        Assert.InRange(MessagesUnder(command, share), plain, plain * MostForOne);
    }

    static long MessagesUnder(string command, double duplication)
    {
        var scenario = DesignHunt.Scenario(command);
        var bad = new LinkFault
        {
            At = Second, For = Second * 10, Duplication = duplication, Slowdown = 2, Reordering = 0.1,
        };
        var run = new SimulatedWorld().Execute(scenario, new([bad]), new(1), RunControl.None);
        Assert.Empty(run.Findings);
        return run.Counters.MessagesSent;
    }
}
