using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Hunts;

public sealed class StoreHuntTests
{
    const ulong Long = 10_000;

    [Theory]
    [InlineData("register --replication single")]
    [InlineData("register --replication primary-backup-sync")]
    [InlineData("kv --replication primary-backup-sync")]
    [InlineData("register --replication primary-backup-sync --reads session")]
    [InlineData("register --replication primary-backup-sync --reads bounded --staleness 2s")]
    [InlineData("register --replication quorum --n 3 --r 2 --w 2 --write-back")]
    [InlineData("register --replication quorum --n 5 --r 3 --w 3 --write-back")]
    [InlineData("register --replication quorum --reads session")]
    [InlineData("register --replication quorum --reads monotonic")]
    [InlineData("register --replication quorum --resolve dotted")]
    [InlineData("kv --replication quorum --write-back")]
    public void What_is_right_keeps_its_promises_under_all_faults(string command) =>
        DesignHunt.FindsNothing(command, DesignHunt.IsLong ? Long : 8);

    [Fact]
    public void Backups_that_take_over_lose_acknowledged_writes() =>
        DesignHunt.Finds("register --replication primary-backup-async", "linearizable", 20);

    [Fact]
    public void Quorums_too_small_to_meet_miss_writes() =>
        DesignHunt.Finds("register --replication quorum --r 1 --w 1 --write-back", "linearizable", 20);

    [Fact]
    public void Tags_from_clocks_lose_writes_as_soon_as_clocks_differ() =>
        DesignHunt.Finds(
            "register --replication quorum --write-back --tags clock", "linearizable", 20,
            FaultPalette.Clock);

    [Fact]
    public void Sloppy_quorums_miss_writes_that_stand_ins_hold() =>
        DesignHunt.Finds(
            "register --replication quorum --write-back --sloppy", "linearizable", 200);

    [Fact]
    public void Without_write_back_a_later_read_sees_less()
    {
        if (DesignHunt.IsLong)
            DesignHunt.Finds("register --replication quorum --n 3 --r 2 --w 2", "linearizable", Long);
    }
}
