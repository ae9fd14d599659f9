using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture.Measuring;

/// <summary>Each planted bottleneck is named, and its twin, which has enough of that, has another
/// one.</summary>
public sealed class BottleneckTests
{
    [Fact]
    public void Workers_of_a_service_are_named_and_with_more_of_them_the_database()
    {
        var planted = Run(Shop() with { Api = Api() with { Workers = 2 } });
        var twin = Run(Shop() with { Api = Api() with { Workers = 40 } });

        Assert.Equal("api", planted.First!.Name);
        Assert.Contains("its 2 × 2 workers are", planted.First.Use, StringComparison.Ordinal);
        Assert.InRange(planted.First.Utilisation, 0.75, 0.97);
        Assert.Equal("db", planted.Next!.Name);
        Assert.Equal("db", twin.First!.Name);
    }

    [Fact]
    public void A_utilisation_is_what_the_law_says_and_so_is_the_load_that_fills_it()
    {
        // 200 requests a second, 10 ms each, 4 workers.
        var first = Run(Shop()).First!;

        Assert.Equal("db", first.Name);
        Assert.Equal(0.5, first.Utilisation, 0.02);
        Assert.Equal(2, first.FullAt, 0.1);
    }

    [Fact]
    public void A_pool_is_named_though_the_workers_before_it_are_all_at_work_as_well()
    {
        var narrow = new Edge("db") { Pool = 1 };
        var busy = Shop() with { Users = Users() with { Rate = 250 } };
        var planted = Run(busy with { Api = Api() with { Calls = [narrow] } });
        var twin = Run(busy with { Api = Api() with { Calls = [narrow with { Pool = 20 }] } });

        Assert.Equal("the pool from api to db", planted.First!.Name);
        Assert.Equal("db", planted.First.To);
        Assert.True(planted.First.IsFull);
        Assert.Contains("api", planted.HeldUp);
        Assert.Equal("db", planted.Next!.Name);
        Assert.Equal("db", twin.First!.Name);
    }

    [Fact]
    public void A_hot_row_is_named_though_the_workers_wait_for_its_lock_and_evenly_spread_rows_are_not()
    {
        var db = Db() with { Workers = 20, WriteTime = TakesTime.Parse("8ms") };
        var hot = Shop() with { Db = db, Users = Users() with { Reads = 0, Keys = 1 } };

        var planted = Run(hot);
        var twin = Run(hot with { Users = hot.Users with { Keys = 1000 } });
        var unlocked = Run(hot with { Db = db with { Locks = false } });

        Assert.Equal("row 0 of db", planted.First!.Name);
        Assert.True(planted.First.IsFull);
        Assert.Contains("db", planted.HeldUp);
        Assert.DoesNotContain("row", twin.First!.Name, StringComparison.Ordinal);
        Assert.DoesNotContain("row", unlocked.First!.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_is_named_and_one_that_does_more_is_not()
    {
        // 200 pages of 16,384 bytes a second are 3.3 MB.
        var db = Db() with { Workers = 100, Engine = DatabasePart.BTree, Cached = 0, DiskMegabytes = 4 };

        var planted = Run(Shop() with { Db = db });
        var twin = Run(Shop() with { Db = db with { DiskMegabytes = 400 } });

        Assert.Equal("the disk of db", planted.First!.Name);
        Assert.Equal(200 * 16_384 / 4e6, planted.First.Utilisation, 0.05);
        Assert.DoesNotContain("disk", twin.First!.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_commits_one_write_a_sync_is_named_and_one_that_commits_groups_is_not()
    {
        var db = Db() with { Workers = 200, Sync = TakesTime.Parse("4.5ms"), Group = 1, Locks = false };
        var writes = Shop() with { Db = db, Users = Users() with { Reads = 0, Keys = 1000 } };

        Assert.Equal("the log of db", Run(writes).First!.Name);
        Assert.NotEqual("the log of db", Run(writes with { Db = db with { Group = 100 } }).First!.Name);
    }

    [Fact]
    public void Workers_that_wait_for_their_calls_are_said_to()
    {
        var few = Api() with { Workers = 2, Time = TakesTime.Parse("exp 1ms") };
        var planted = Run(Shop() with { Api = few });
        var frees = Run(Shop() with { Api = few with { Frees = true } });

        Assert.Contains("of that they wait for db)", planted.First!.Use, StringComparison.Ordinal);
        Assert.DoesNotContain("they wait for", frees.First!.Use, StringComparison.Ordinal);
    }

    [Fact]
    public void What_grows_without_end_is_said_first_and_what_is_stable_is_not_said_to_grow()
    {
        var planted = Run(Shop() with { Db = Db() with { Workers = 1 } }).Sentences.ToList();
        var twin = Run(Shop() with { Db = Db() with { Workers = 3 } }).Sentences.ToList();

        Assert.StartsWith("More comes than is done: before ", planted[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "db is the bottleneck: its 1 worker is 100 % at work", planted[1], StringComparison.Ordinal);
        Assert.EndsWith("; it is full", planted[1], StringComparison.Ordinal);
        Assert.StartsWith("db is the bottleneck: its 3 workers are", twin[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_is_scaled_is_full_when_all_it_may_have_are()
    {
        var scaled = Api() with { Instances = 2, Workers = 4, Scale = "hpa", ScaleMax = 20 };

        var found = Run(Shop() with { Api = scaled });

        Assert.Equal("db", found.First!.Name);
        Assert.Contains("with all 20 instances", found.Next!.Use, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_load_changes_its_busiest_stretch_tells_and_a_pool_that_is_full_then_is_named()
    {
        var spike = Users() with
        {
            Shape = new()
            {
                Word = "spike", By = 1.8, At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(4),
            },
        };
        var pool = Api() with { Workers = 200, Calls = [new("db") { Pool = 2 }] };

        var workers = Run(Shop() with { Users = spike });
        var planted = Run(Shop() with { Users = spike, Api = pool });
        var calm = Run(Shop() with { Api = pool });

        Assert.Equal("db", workers.First!.Name);
        Assert.InRange(workers.First.Utilisation, 0.8, 1);
        Assert.Contains(" in the busiest 2 s", workers.First.Use, StringComparison.Ordinal);
        Assert.Equal("the pool from api to db", planted.First!.Name);
        Assert.InRange(planted.First.Utilisation, 0.8, 1.001);
        Assert.InRange(calm.First!.Utilisation, 0.4, 0.65);
    }

    [Fact]
    public void Without_any_limit_there_is_no_bottleneck()
    {
        var found = Run(Shop() with
        {
            Api = Api() with { Workers = null },
            Db = Db() with { Workers = null },
        });

        Assert.Null(found.First);
        Assert.StartsWith("No part has a limit", Assert.Single(found.Sentences), StringComparison.Ordinal);
    }

    static ShopOf Shop() => new(Users(), Api(), Db());

    static ClientsPart Users() => new("users") { Rate = 200, Calls = [new("api")] };

    static ServicePart Api() => new("api")
    {
        Instances = 2, Workers = 20, Time = TakesTime.Parse("exp 5ms"), Calls = [new("db")],
    };

    static DatabasePart Db() => new("db") { Workers = 4, Time = TakesTime.Parse("exp 10ms") };

    static Bottleneck Run(ShopOf shop)
    {
        var scenario = ArchitectureScenario.Of(new("shop", [shop.Users, shop.Api, shop.Db])
        {
            Duration = TimeSpan.FromSeconds(40),
            Settle = TimeSpan.FromSeconds(2),
        });
        var world = new SimulatedWorld().Execute(scenario, FaultPlan.None, new Seed(1), RunControl.None);
        return ((ArchitectureAccount)world.Account!).Bottleneck;
    }

    sealed record ShopOf(ClientsPart Users, ServicePart Api, DatabasePart Db);
}
