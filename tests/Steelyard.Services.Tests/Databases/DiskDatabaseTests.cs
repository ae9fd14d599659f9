using SQLitePCL;
using Steelyard.Services.Databases;
using Steelyard.Worlds.Faults;
using static Steelyard.Services.Tests.Databases.DatabaseHost;

namespace Steelyard.Services.Tests.Databases;

public sealed class DiskDatabaseTests
{
    const string Table = "CREATE TABLE seen (number INTEGER PRIMARY KEY, words TEXT);";
    const string Count = "SELECT COUNT(*) FROM seen";

    [Theory]
    [InlineData(10, 1L)]
    [InlineData(1, 0L)]
    public void A_commit_outlives_a_crash_when_it_was_synced_and_only_then(double crashAfterMs, long expected)
    {
        object? found = null;
        Task? saved = null;

        Run(
            (life, database) =>
            {
                if (life == 2)
                {
                    found = database.Find(Count);
                    return;
                }

                database.Do(Table);
                database.After(90, () => saved = database.Begin("INSERT INTO seen VALUES (1, 'one')"));
            },
            faults: [Crash(100 + crashAfterMs)]);

        Assert.Equal(expected, found);
        Assert.Equal(expected == 1, saved!.IsCompletedSuccessfully);
    }

    [Fact]
    public void Nobody_reads_or_writes_while_a_commit_is_on_its_way_to_the_disk() => Run((_, database) =>
    {
        Assert.False(database.Database.IsBusy);
        var saved = database.Begin(Table);
        Assert.True(database.Database.IsBusy);
        Assert.False(saved.IsCompleted);
        database.After(10, () =>
        {
            Assert.False(database.Database.IsBusy);
            Assert.True(saved.IsCompletedSuccessfully);
            Assert.True(database.Database.Saved().IsCompleted);
        });
    });

    [Fact]
    public void A_torn_commit_is_there_whole_or_not_at_all()
    {
        var whole = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            object? found = null;
            var check = "";
            Run(
                (life, database) =>
                {
                    if (life == 2)
                    {
                        found = database.Find(Count);
                        check = (string)database.Find("PRAGMA integrity_check")!;
                        return;
                    }

                    database.Do(Table);
                    database.After(90, () => database.Do(Rows(1, 8, 600)));
                },
                seed, Crash(100.5 + (seed % 3), torn: true));

            Assert.Equal("ok", check);
            Assert.Contains(found, (object[])[0L, 8L]);
            whole += found is 8L ? 1 : 0;
        }

        // After 2.5 ms both syncs are done.
        Assert.InRange(whole, 20, 59);
    }

    [Fact]
    public void A_full_disk_refuses_a_commit_and_the_database_goes_on_afterwards()
    {
        DatabaseAnswer? refused = null;
        List<object?> found = [];

        Run(
            (life, database) =>
            {
                if (life == 2)
                {
                    found.Add(database.Find(Count));
                    return;
                }

                database.Do(Table + "INSERT INTO seen VALUES (1, 'one')");
                database.After(100, () =>
                {
                    refused = database.Ask("BEGIN; INSERT INTO seen VALUES (2, 'two'); COMMIT").Answer;
                    found.Add(database.Find(Count));
                });
                database.After(400, () => database.Do("INSERT INTO seen VALUES (3, 'three')"));
                database.After(500, () => found.Add(database.Find("SELECT MAX(number) FROM seen")));
            },
            faults: [Trouble(DiskTrouble.Full, 50, 200), Crash(1000)]);

        Assert.Equal(raw.SQLITE_FULL, refused!.ErrorCode);
        Assert.Equal("database or disk is full", refused.Error);
        Assert.Equal([1L, 3L, 2L], found);
    }

    [Fact]
    public void A_disk_that_is_lost_leaves_an_empty_database()
    {
        object? found = null;

        Run(
            (life, database) =>
            {
                if (life == 1)
                    database.Do(Table);
                else
                    found = database.Find(Count);
            },
            faults: [Crash(1000, CrashLoss.Disk)]);

        Assert.Equal("no such table: seen", found);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 200)]
    public void A_slow_disk_makes_commits_take_a_hundred_times_as_long(bool slow, double expectedMs)
    {
        DateTimeOffset? begin = null;
        TimeSpan? took = null;

        Run(
            (_, database) =>
            {
                database.Do(Table);
                database.After(100, () =>
                {
                    begin = database.Now;
                    database.Do("INSERT INTO seen VALUES (1, 'one')");
                    database.Database.Pages.WhenSaved(() => took = database.Now - begin);
                });
            },
            faults: slow ? [Trouble(DiskTrouble.Slow, 50, 2000)] : []);

        Assert.Equal(Ms(expectedMs), took);
    }

    [Theory]
    [InlineData("OFF", 200, 0L)]
    [InlineData("OFF", 7000, 1L)]
    [InlineData("FULL", 200, 1L)]
    public void What_nobody_wants_synced_is_answered_at_once_and_may_be_lost(
        string level, double crashMs, long expected)
    {
        object? found = null;
        var wasAnswered = false;

        Run(
            (life, database) =>
            {
                if (life == 2)
                {
                    found = database.Find(Count);
                    return;
                }

                database.Do(Table);
                database.After(100, () => wasAnswered = database.Begin(
                    $"PRAGMA synchronous={level}; INSERT INTO seen VALUES (1, 'one')").IsCompleted);
            },
            faults: [Crash(crashMs)]);

        Assert.Equal(level == "OFF", wasAnswered);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_file_of_old_versions_is_written_anew_and_nothing_is_lost()
    {
        const int Commits = 700;
        var longest = 0;
        object? found = null;
        object? sum = null;

        Run(
            (life, database) =>
            {
                if (life == 2)
                {
                    found = database.Find("PRAGMA integrity_check");
                    sum = database.Find("SELECT SUM(number) FROM seen");
                    return;
                }

                database.Do(Table + Rows(1, 4, 600));
                for (var i = 1; i <= Commits; i++)
                    database.After(10 * i, () =>
                    {
                        longest = Math.Max(longest, database.Bytes("journal"));
                        database.Do("UPDATE seen SET number = number + 4");
                    });
            },
            faults: [Crash(8000, torn: true)]);

        Assert.Equal("ok", found);
        Assert.Equal(1L + 2 + 3 + 4 + (4 * 4 * Commits), sum);
        Assert.InRange(longest, 512_000, 560_000);
    }

    [Fact]
    public void What_was_written_out_before_a_rollback_is_taken_back()
    {
        List<object?> found = [];

        Run(
            (life, database) =>
            {
                if (life == 2)
                {
                    found.Add(database.Find(Count));
                    return;
                }

                // So small a cache that pages are written out while the transaction is open.
                database.Do("PRAGMA cache_size=4;" + Table + Rows(1, 30, 900));
                database.After(50, () =>
                {
                    database.Do("BEGIN;" + Rows(31, 60, 900));
                    found.Add(database.Find(Count));
                    database.Do("ROLLBACK");
                    found.Add(database.Find(Count));
                    found.Add(database.Find("PRAGMA integrity_check"));
                });
            },
            faults: [Crash(1000)]);

        Assert.Equal([90L, 30L, "ok", 30L], found);
    }

    [Fact]
    public void The_database_tells_its_hosts_time()
    {
        object? said = null;
        DateTimeOffset expected = default;

        Run((_, database) => database.After(2500, () =>
        {
            expected = database.Now;
            said = database.Find("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')");
        }));

        Assert.Equal(expected.ToString("yyyy-MM-dd HH:mm:ss.fff", null), said);
    }

    static string Rows(int first, int count, int length) =>
        "INSERT INTO seen VALUES " + string.Join(
            ", ", Enumerable.Range(first, count).Select(number => $"({number}, printf('%.{length}c', 'x'))"));
}
