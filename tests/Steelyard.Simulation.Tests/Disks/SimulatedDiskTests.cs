using System.Text;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Disks;

public sealed class SimulatedDiskTests
{
    static readonly CrashFault Crash = new() { At = TestRun.Ms(100), For = TestRun.Ms(10), Nodes = ["n1"] };

    [Fact]
    public void What_was_synced_outlives_a_crash_and_what_was_not_is_lost() =>
        Assert.Equal("synced", After(Crash, disk =>
        {
            Append(disk, "log", "synced");
            disk.Sync("log", () => Append(disk, "log", " unsynced"));
        }));

    [Fact]
    public void A_crash_without_amnesia_loses_nothing_of_the_disk() =>
        Assert.Equal("unsynced",
            Crashed(Crash with { Loses = CrashLoss.Nothing }, disk => Append(disk, "log", "unsynced")));

    [Fact]
    public void A_sync_makes_durable_only_what_was_written_before_it_began() =>
        Assert.Equal("before", After(Crash, disk =>
        {
            Append(disk, "log", "before");
            disk.Sync("log", () => { });
            Append(disk, "log", " after");
        }));

    [Fact]
    public void A_sync_takes_time_and_a_crash_before_its_end_loses_it_with_its_callback()
    {
        var told = false;

        var log = After(Crash with { At = TestRun.Ms(1) }, disk =>
        {
            Append(disk, "log", "written");
            disk.Sync("log", () => told = true);
        });

        Assert.Null(log);
        Assert.False(told);
    }

    [Fact]
    public void Writes_are_read_back_at_once() => Assert.Equal("heLLo", After(null, disk =>
    {
        Append(disk, "log", "hello there");
        disk.Write("log", 2, "LL"u8);
        disk.Truncate("log", 5);
    }));

    [Fact]
    public void An_unsynced_rename_is_undone_by_a_crash_and_a_synced_one_replaces_the_file()
    {
        Assert.Equal("old", After(Crash, disk => Replace(disk, thenSync: false)));
        Assert.Equal("new", After(Crash, disk => Replace(disk, thenSync: true)));
    }

    [Fact]
    public void A_renamed_file_whose_content_was_never_synced_comes_back_empty() =>
        Assert.Equal("", After(Crash, disk =>
        {
            Append(disk, "temporary", "new");
            disk.Rename("temporary", "log");
            disk.Sync("other", () => { });
        }));

    [Fact]
    public void A_deleted_file_comes_back_unless_the_deletion_was_synced() =>
        Assert.Equal("old", After(Crash, disk =>
        {
            Append(disk, "log", "old");
            disk.Sync("log", () => disk.Delete("log"));
        }));

    [Fact]
    public void A_torn_crash_keeps_a_first_part_of_what_was_not_synced()
    {
        var kept = new HashSet<string?>();
        for (var seed = 0UL; seed < 30; seed++)
            kept.Add(Crashed(Crash with { Torn = true }, Two, seed));

        Assert.All(kept, log => Assert.StartsWith(log ?? "", "first,second"));
        Assert.Contains(kept, log => log is { Length: > 0 and < 12 } and not "first,");
        Assert.True(kept.Count > 5);

        static void Two(IDisk disk)
        {
            Append(disk, "log", "first,");
            Append(disk, "log", "second");
        }
    }

    [Fact]
    public void A_crash_that_takes_the_disk_leaves_no_file() =>
        Assert.Null(After(Crash with { Loses = CrashLoss.Disk }, disk =>
        {
            Append(disk, "log", "synced");
            disk.Sync("log", () => { });
        }));

    [Fact]
    public void Corruption_flips_bits_of_what_was_synced()
    {
        var corrupt = new DiskFault { At = TestRun.Ms(90), Nodes = ["n1"], Trouble = DiskTrouble.Corrupt };

        var log = Crashed(Crash, Synced("0123456789"), 7, corrupt);

        Assert.NotEqual("0123456789", log);
        Assert.Equal(10, log!.Length);
    }

    [Fact]
    public void A_misdirected_write_spares_its_place_and_spoils_another()
    {
        var misdirect = new DiskFault { At = TestRun.Ms(20), Nodes = ["n1"],
            Trouble = DiskTrouble.Misdirect };
        string? log = null;
        Run(misdirect, 7, world =>
        {
            Append(world.Disk, "log", "0123456789");
            world.SetTimer(TestRun.Ms(40), () => world.Disk.Write("log", 0, "##"u8));
            world.SetTimer(TestRun.Ms(50), () => log = Read(world.Disk));
        });

        Assert.StartsWith("01", log);
        Assert.Contains("##", log);
    }

    [Fact]
    public void A_full_disk_refuses_writes_while_it_is_full()
    {
        var full = new DiskFault
        {
            At = TestRun.Ms(20), For = TestRun.Ms(20), Nodes = ["n1"], Trouble = DiskTrouble.Full,
        };
        var refused = new List<bool>();
        Run(full, 7, world =>
        {
            foreach (var time in new[] { 10, 30, 50 })
                world.SetTimer(TestRun.Ms(time), () => refused.Add(IsRefused(world.Disk)));
        });

        Assert.Equal([false, true, false], refused);
    }

    [Fact]
    public void A_slow_disk_takes_a_hundred_times_as_long_to_sync()
    {
        var slow = new DiskFault { At = TestRun.Ms(20), Nodes = ["n1"], Trouble = DiskTrouble.Slow };
        var took = new List<double>();
        Run(slow, 7, world =>
        {
            foreach (var time in new[] { 10, 30 })
                world.SetTimer(TestRun.Ms(time), () => Sync(world, took));
        });

        Assert.Equal([2.0, 200.0], took);
    }

    [Fact]
    public void A_write_beyond_the_end_of_a_file_is_a_bug_of_the_design() =>
        Assert.IsType<ArgumentOutOfRangeException>(
            Assert.Throws<NodeFailedException>(() => After(null,
                disk => disk.Write("log", 5, "x"u8))).InnerException);

    static Action<IDisk> Synced(string text) => disk =>
    {
        Append(disk, "log", text);
        disk.Sync("log", () => { });
    };

    static void Replace(IDisk disk, bool thenSync)
    {
        Append(disk, "log", "old");
        Append(disk, "temporary", "new");
        disk.Sync("log", () => { });
        disk.Sync("temporary", () =>
        {
            disk.Rename("temporary", "log");
            if (thenSync)
                disk.Sync("log", () => { });
        });
    }

    static bool IsRefused(IDisk disk)
    {
        try
        {
            disk.Append("log", "x"u8);
            return false;
        }
        catch (DiskFullException)
        {
            return true;
        }
    }

    static void Sync(INodeWorld world, List<double> took)
    {
        var start = world.Clock.GetTimestamp();
        world.Disk.Sync("log", () => took.Add(world.Clock.GetElapsedTime(start).TotalMilliseconds));
    }

    /// <summary>What the log holds in the second life, or at the end of the first when there is no
    /// crash.</summary>
    static string? After(CrashFault? crash, Action<IDisk> firstLife) => Crashed(crash, firstLife);

    static string? Crashed(CrashFault? crash, Action<IDisk> firstLife, ulong seed = 7,
        params IReadOnlyList<Fault> others)
    {
        string? log = null;
        var lives = 0;
        Run([.. others, .. crash is null ? Array.Empty<Fault>() : [crash]], seed, world =>
        {
            if (++lives == 1)
            {
                firstLife(world.Disk);
                world.SetTimer(TestRun.Ms(200), () => log = Read(world.Disk));
            }
            else
            {
                log = Read(world.Disk);
            }
        });
        return log;
    }

    static void Run(Fault fault, ulong seed, Action<INodeWorld> start) => Run([fault], seed, start);

    static void Run(IReadOnlyList<Fault> faults, ulong seed, Action<INodeWorld> start)
    {
        var scenario = TestRun.Of(1, start);
        var topology = scenario.Cluster with { SyncTime = new ConstantLatency(TestRun.Ms(2)) };
        (scenario with { Cluster = topology }).WithSeed(seed, faults);
    }

    static void Append(IDisk disk, string file, string text) =>
        disk.Append(file, Encoding.ASCII.GetBytes(text));

    static string? Read(IDisk disk) =>
        disk.Read("log") is { } bytes ? Encoding.Latin1.GetString(bytes) : null;
}
