using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisDiskTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [EngineFact("redis", WantsDisks = true)]
    public void A_server_that_syncs_each_write_keeps_what_it_acknowledged_over_a_power_cut() =>
        Assert.Equal(Validity.Valid, AfterPowerCut("always"));

    [EngineFact("redis", WantsDisks = true)]
    public void A_server_that_leaves_syncing_to_the_kernel_loses_what_it_acknowledged_in_a_power_cut() =>
        Assert.Equal(Validity.Invalid, AfterPowerCut("no"));

    [EngineFact("redis", WantsDisks = true, IsLong = true)]
    public void A_server_that_syncs_once_a_second_loses_what_it_acknowledged_since_in_a_power_cut() =>
        Assert.Equal(Validity.Invalid, AfterPowerCut("everysec"));

    [EngineFact("redis", WantsDisks = true, IsLong = true)]
    public void A_server_whose_disk_is_full_loses_nothing_that_it_acknowledged()
    {
        var full = new DiskFault
        {
            At = s_second, For = s_second, Nodes = ["n1"], Trouble = DiskTrouble.Full,
        };

        Assert.Equal(Validity.Valid, After(full, "always"));
        Assert.Equal(Validity.Valid, After(full, "everysec"));
    }

    [EngineFact("redis", WantsDisks = true, IsLong = true)]
    public void A_server_whose_syncs_fail_loses_nothing_that_it_acknowledged() => Assert.Equal(
        Validity.Valid,
        After(new SyncErrorFault { At = s_second, For = s_second, Nodes = ["n1"] }, "always"));

    static Validity AfterPowerCut(string fsync) =>
        After(new PowerCutFault { At = 1.4 * s_second, For = s_second / 2, Nodes = ["n1"] }, fsync);

    static Validity After(Fault fault, string fsync)
    {
        var (run, verdicts) = LiveEngines.Run(
            "redis", new([fault]), 2.4 * s_second, settle: s_second, ("config", "single"), ("fsync", fsync));

        Assert.All(run.History.Faults, seen => Assert.True(seen.HadEffect));
        return Assert.Single(verdicts).Validity;
    }
}
