using Steelyard.Live.Disks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Tests.Disks;

public sealed class NodeDiskTests
{
    [DiskFact]
    public void What_a_program_never_synced_is_gone_when_power_is_lost_and_what_its_twin_synced_is_not()
    {
        using var yard = ProcessYard.Open();
        var disk = NodeDisk.Make(yard, "n1");
        disk.Sync();
        Write(yard, "never-synced", []);
        Write(yard, "synced", ["conv=fsync"]);

        disk.LosePower();
        disk.Recover();

        Assert.Equal(8192, SizeOf(yard, "synced"));
        Assert.Equal(0, SizeOf(yard, "never-synced"));
    }

    [DiskFact]
    public void What_was_synced_as_a_whole_is_there_after_power_was_lost()
    {
        using var yard = ProcessYard.Open();
        var disk = NodeDisk.Make(yard, "n1");
        Write(yard, "never-synced", []);
        disk.Sync();

        disk.LosePower();
        disk.Recover();

        Assert.Equal(8192, SizeOf(yard, "never-synced"));
    }

    [DiskFact]
    public void A_full_disk_refuses_what_is_written_until_it_has_room_again()
    {
        using var yard = ProcessYard.Open();
        var disk = NodeDisk.Make(yard, "n1");
        Write(yard, "before", []);

        var free = disk.Fill();
        var refusal = Assert.Throws<LiveException>(() => Write(yard, "meanwhile", []));
        free();
        Write(yard, "after", []);

        Assert.Contains("No space left", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(8192, SizeOf(yard, "before"));
        Assert.Equal(8192, SizeOf(yard, "after"));
    }

    [DiskFact]
    public void A_disk_that_is_filled_twice_has_room_when_both_are_over_and_stays_full_when_power_is_lost()
    {
        using var yard = ProcessYard.Open();
        var disk = NodeDisk.Make(yard, "n1");

        var (first, second) = (disk.Fill(), disk.Fill());
        disk.LosePower();
        disk.Recover();
        first();
        Assert.Throws<LiveException>(() => Write(yard, "meanwhile", []));
        second();
        Write(yard, "after", []);

        Assert.Equal(8192, SizeOf(yard, "after"));
    }

    [DiskFact]
    public void Nothing_is_left_of_disks_that_somebody_still_uses_when_the_run_ends()
    {
        var yard = ProcessYard.Open();
        NodeDisk.Make(yard, "n1");
        yard.Start(new("sh", "-c", "exec sleep 1000 > n1/file"), Path.Combine(yard.Folder, "log"), []);

        yard.Dispose();

        Assert.False(Directory.Exists(yard.Folder));
        Assert.DoesNotContain(yard.Name, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        Assert.DoesNotContain(yard.Name, Tool.Run("losetup", ["-a"]), StringComparison.Ordinal);
    }

    static void Write(ProcessYard yard, string name, string[] how) => yard.Run(
        new(
            "dd",
            [
                "if=/dev/zero", $"of={PathOf(yard, name)}", "bs=4096", "count=2", "status=none", .. how,
            ]),
        []);

    static long SizeOf(ProcessYard yard, string name) =>
        new FileInfo(PathOf(yard, name)) is { Exists: true } file ? file.Length : 0;

    static string PathOf(ProcessYard yard, string name) => Path.Combine(yard.Folder, "n1", name);
}
