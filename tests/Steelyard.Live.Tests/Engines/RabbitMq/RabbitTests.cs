using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.RabbitMq;

public sealed class RabbitTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    static readonly FaultPlan s_cut = new([new PartitionFault
    {
        At = 2 * s_second, For = 14 * s_second, Groups = [["n1"], ["n2", "n3"]],
    }]);

    [EngineFact("rabbitmq", IsLong = true)]
    public void A_quorum_queue_keeps_what_it_confirmed_over_a_kill_of_its_leader()
    {
        var crash = new CrashFault { At = 2 * s_second, For = 3 * s_second, Nodes = [Fault.Leader] };

        var (run, verdicts) = LiveEngines.Run("rabbitmq", new([crash]), 8 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        Assert.True(run.Counters.Load.Answered > 10);
    }

    // After some heals such a queue answers nobody any more: no client can drain it, and what it lost stays
    // open.
    [EngineFact("rabbitmq", IsLong = true)]
    public void A_mirrored_queue_that_heals_by_itself_throws_away_what_it_confirmed()
    {
        const int Tries = 3;
        var found = new List<Validity>();
        while (found.Count < Tries && !found.Contains(Validity.Invalid))
        {
            var (run, verdicts) = LiveEngines.Run("rabbitmq", s_cut, 18 * s_second, ("config", "mirrored"));

            Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
            found.Add(Assert.Single(verdicts).Validity);
        }

        Assert.Contains(Validity.Invalid, found);
        Assert.DoesNotContain(Validity.Valid, found);
    }
}
