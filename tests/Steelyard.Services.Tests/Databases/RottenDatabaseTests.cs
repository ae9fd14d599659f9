using Steelyard.Worlds.Faults;
using static Steelyard.Services.Tests.Databases.DatabaseHost;

namespace Steelyard.Services.Tests.Databases;

public sealed class RottenDatabaseTests
{
    const string Malformed = "database disk image is malformed";
    const int Seeds = 40;

    [Theory]
    [InlineData(DiskTrouble.Corrupt)]
    [InlineData(DiskTrouble.Misdirect)]
    public void A_database_whose_bytes_are_wrong_says_so_and_never_answers_with_them(DiskTrouble trouble)
    {
        var (refused, right) = (0, 0);
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var found = Read(seed, Trouble(trouble, 500));

            Assert.Contains(found, (object[])[Expected, Malformed]);
            if (found is Malformed)
                refused++;
            else
                right++;
        }

        // What was written over is free space.
        Assert.InRange(refused, Seeds / 4, Seeds);
        Assert.InRange(right, 0, Seeds * 3 / 4);
    }

    [Theory]
    [InlineData(DiskTrouble.Corrupt)]
    [InlineData(DiskTrouble.Misdirect)]
    public void A_database_that_starts_on_wrong_bytes_stops_or_has_everything(DiskTrouble trouble)
    {
        var stopped = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            object? found = null;
            var host = Run(
                (life, database) =>
                {
                    if (life == 1)
                        Fill(database);
                    else
                        found = database.Find(Sum);
                },
                seed, Trouble(trouble, 500), Crash(1500));

            if (host.Stops.Count > 0)
            {
                Assert.Equal($"n1 stopped itself: {Malformed}", Assert.Single(host.Stops));
                Assert.Null(found);
                stopped++;
            }
            else
            {
                Assert.Equal(Expected, found);
            }
        }

        Assert.InRange(stopped, Seeds / 4, Seeds);
    }

    [Fact]
    public void A_database_whose_bytes_are_right_answers() => Assert.Equal(Expected, Read(seed: 1));

    const string Sum = "SELECT SUM(number * length(words)) FROM seen";

    static object Expected => Enumerable.Range(1, 41).Sum(number => (long)number * 700);

    static object? Read(ulong seed, params IReadOnlyList<Fault> faults)
    {
        object? found = null;
        var host = Run(
            (_, database) =>
            {
                Fill(database);
                // Another session reads the file, and not the pages the first one remembers.
                database.After(1000, () => found = database.FindAnew(Sum));
            },
            seed, faults);
        return host.Stops.Count > 0 ? Malformed : found;
    }

    static void Fill(DatabaseLife database)
    {
        database.Do("CREATE TABLE seen (number INTEGER PRIMARY KEY, words TEXT)");
        for (var i = 1; i <= 40; i++)
        {
            var number = i;
            database.After(10 * i, () => database.Do($"INSERT INTO seen VALUES ({number}, {Words})"));
        }

        database.After(600, () => database.Do($"INSERT INTO seen VALUES (41, {Words})"));
    }

    const string Words = "printf('%.700c', 'x')";
}
