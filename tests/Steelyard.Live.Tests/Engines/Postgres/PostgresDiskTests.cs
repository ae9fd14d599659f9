using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Postgres;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Postgres;

public sealed class PostgresDiskTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [EngineFact("postgres", WantsDisks = true, IsLong = true)]
    public void What_is_synced_before_it_is_acknowledged_outlives_a_power_cut() =>
        Assert.Equal(Validity.Valid, AfterPowerCut(PostgresEngine.Synced));

    [EngineFact("postgres", WantsDisks = true, IsLong = true)]
    public void What_is_never_synced_does_not_outlive_a_power_cut() =>
        Assert.Equal(Validity.Invalid, AfterPowerCut(PostgresEngine.Never));

    [EngineFact("postgres", WantsDisks = true, IsLong = true)]
    public void A_server_whose_syncs_fail_gives_up_and_has_all_that_it_acknowledged_when_it_is_back() =>
        Assert.Equal(Validity.Valid, After(
            new SyncErrorFault { At = s_second, For = 2 * s_second, Nodes = ["n1"] }, PostgresEngine.Synced));

    [EngineFact("postgres", WantsDisks = true, IsLong = true)]
    public void A_server_whose_disk_is_full_loses_nothing_that_it_acknowledged() => Assert.Equal(
        Validity.Valid,
        After(
            new DiskFault
            {
                At = s_second, For = 3 * s_second, Nodes = ["n1"], Trouble = DiskTrouble.Full,
            },
            PostgresEngine.Synced));

    [EngineFact("postgres", WantsClocks = true)]
    public void A_server_sees_its_clock_jump_and_drift()
    {
        var postgres = LiveEngines.Named("postgres");
        using var started = StartedEngine.Start(
            postgres, postgres.UsualSetup("single") with { HasOwnClocks = true }, keep: null,
            CancellationToken.None);
        var node = new LiveFaults(started.Cluster).Node("n1");
        var (jumped, drifted) = (new EffectMark(), new EffectMark());

        node.JumpClock(TimeSpan.FromHours(-1), jumped);
        var end = node.DriftClock(100_000, drifted);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        end();

        Assert.True(jumped.IsSet);
        Assert.True(drifted.IsSet);
    }

    static Validity AfterPowerCut(string commits) => After(
        new PowerCutFault { At = 1.5 * s_second, For = s_second / 2, Nodes = ["n1"] }, commits);

    static Validity After(Fault fault, string commits)
    {
        var (run, verdicts) = LiveEngines.Run(
            "postgres", new([fault]), 5 * s_second, ("workload", "set"), (PostgresEngine.Commits, commits));

        Assert.All(run.History.Faults, seen => Assert.True(seen.HadEffect));
        return Assert.Single(verdicts).Validity;
    }
}
