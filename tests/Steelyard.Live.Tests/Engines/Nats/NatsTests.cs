using Steelyard.Histories;
using Steelyard.Live.Engines.Nats;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Nats;

public sealed class NatsTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [EngineFact("nats")]
    public void A_stream_on_three_servers_keeps_what_it_acknowledged_over_a_kill_of_its_leader()
    {
        var crash = new CrashFault { At = s_second, For = s_second, Nodes = [Fault.Leader] };

        var (run, verdicts) = LiveEngines.Run("nats", new([crash]), 3 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        Assert.True(run.Counters.Load.Answered > 10);
    }

    [EngineFact("nats")]
    public void What_is_published_to_nobody_without_a_stream_is_lost()
    {
        using var started = LiveEngines.Start("nats", "single");

        var finding = NatsScripts.Absent(started.Cluster, CancellationToken.None).GetAwaiter().GetResult();

        Assert.True(finding.Occurred, finding.Evidence);
    }

    [EngineFact("nats", IsLong = true)]
    public void A_queue_of_a_stream_gives_out_all_that_it_acknowledged_over_a_partition()
    {
        var cut = new PartitionFault { At = s_second, For = 5 * s_second, Groups = [["n1"], ["n2", "n3"]] };

        var (run, verdicts) = LiveEngines.Run("nats", new([cut]), 8 * s_second, ("workload", "queue"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
