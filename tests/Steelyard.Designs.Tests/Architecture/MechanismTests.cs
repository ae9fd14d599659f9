using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>What each mechanism of an architecture is there for, with it and without.</summary>
public sealed class MechanismTests
{
    static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    static ArchitectureGraph Graph(params IReadOnlyList<Part> parts) => new("graph", parts)
    {
        Duration = Seconds(20), Link = TakesTime.Parse("100us"),
    };

    static ClientsPart Clients(double rate, Edge call, int keys = 1, double reads = 1) => new("clients")
    {
        Rate = rate, Keys = keys, Reads = reads, Calls = [call],
    };

    [Fact]
    public void Coalescing_asks_the_store_once_for_each_key_that_is_lost()
    {
        ArchitectureGraph With(bool coalesces) => Graph(
            Clients(1_000, new("cache"), keys: 5),
            new CachePart("cache") { Mode = CachePart.ReadThrough, Coalesce = coalesces, Size = 5, Calls =
                [new("db")] },
            new DatabasePart("db") { Time = TakesTime.Parse("50ms") }) with
        {
            Faults =
                new([new DegradeFault { At = Seconds(10), For = Ms(1), Nodes = ["cache"], How = "flush" }]),
        };

        // Five keys, asked for at the start and after the flush.
        Assert.Equal(10, Simulated.Run(With(true)).MeterOf("db", 0).Came);
        Assert.InRange(Simulated.Run(With(false)).MeterOf("db", 0).Came, 50, 200);
    }

    [Theory]
    [InlineData(CachePart.WriteThrough, 0)]
    [InlineData(CachePart.WriteBehind, 1)]
    public void Only_a_cache_that_answers_before_the_store_has_it_loses_writes_in_a_crash(
        string mode, int leastLost)
    {
        var account = Simulated.Run(Graph(
            Clients(200, new("cache") { Timeout = Seconds(1) }, keys: 1_000, reads: 0.5),
            new CachePart("cache") { Mode = mode, Flush = Ms(500), Calls = [new("db")] },
            new DatabasePart("db") { WriteTime = TakesTime.Parse("1ms") }) with
        {
            Faults = new([new CrashFault { At = Seconds(10), For = Seconds(1), Nodes = ["cache"] }]),
        });

        Assert.InRange(account.Ledger.Lost, leastLost, leastLost * 200);
    }

    // Both instances are full, and keep their four connections in use: one of them dies for the last half.
    [Fact]
    public void An_instance_that_has_crashed_is_not_counted_as_at_work()
    {
        var account = Simulated.Run(Graph(
            Clients(400, new("api") { Timeout = Seconds(1) }),
            new ServicePart("api")
            {
                Instances = 2, Workers = 4, Time = TakesTime.Parse("1ms"), Calls = [new("db") { Pool = 4 }],
            },
            new DatabasePart("db") { Workers = 8, Time = TakesTime.Parse("100ms") }) with
        {
            Faults = new([new CrashFault { At = Seconds(10), For = Seconds(10), Nodes = ["api-2"] }]),
        });

        const double lifeNs = 10e9;
        Assert.InRange(account.MeterOf("api", 1).WorkedNs, 3.9 * lifeNs, 4 * lifeNs);
        Assert.InRange(account.CallsOf("api", 0).Open!.AreaNs, 3.8 * 3 * lifeNs, 4 * 3 * lifeNs);
    }

    [Fact]
    public void Replicas_are_as_stale_as_they_lag_and_a_primary_is_not()
    {
        ArchitectureGraph From(string where) => Graph(
            Clients(500, new("db") { ReadFrom = where }, keys: 10, reads: 0.5),
            new DatabasePart("db") { Replicas = 1, Lag = TakesTime.Parse("200ms") });

        var (replica, primary) = (Simulated.Run(From("replicas")), Simulated.Run(From("primary")));

        Assert.Equal(0, primary.Ledger.StaleReads);
        Assert.InRange(replica.Ledger.Staleness.MaxNs / 1e6, 190, 201);
    }

    [Fact]
    public void A_session_that_reads_at_the_primary_after_its_write_sees_it()
    {
        ArchitectureGraph From(string where) => Graph(
            new ClientsPart("clients")
            {
                Rate = 500, Sessions = 50, Keys = 50, Reads = 0.5, Calls = [new("db") { ReadFrom = where }],
            },
            new DatabasePart("db") { Replicas = 1, Lag = TakesTime.Parse("200ms") });

        Assert.True(Simulated.Run(From("replicas")).Ledger.OwnWritesMissed > 100);
        Assert.Equal(0, Simulated.Run(From("own")).Ledger.OwnWritesMissed);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_failover_loses_what_no_replica_had(int syncReplicas, bool loses)
    {
        var account = Simulated.Run(Graph(
            Clients(200, new("db") { Timeout = Seconds(1) }, keys: 100, reads: 0),
            new DatabasePart("db")
            {
                Replicas = 1, Lag = TakesTime.Parse("100ms"), Failover = Seconds(1), SyncReplicas =
                    syncReplicas,
            }) with
        {
            Faults = new([new CrashFault { At = Seconds(10), For = Seconds(5), Nodes = ["db-1"] }]),
        });

        Assert.Equal(loses, account.Ledger.Lost > 0);
        // The other instance serves from its turn on.
        Assert.InRange(account.Counted.Answered, syncReplicas == 0 ? 3_200 : 2_700, 4_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Retries_double_effects_unless_the_store_knows_them(bool dedup)
    {
        var account = Simulated.Run(Graph(
            Clients(200, new("db") { Timeout = Ms(20), Retries = 3 }, keys: 1_000, reads: 0),
            new DatabasePart("db") { WriteTime = TakesTime.Parse("exp 10ms"), Dedup = dedup, Locks =
                false }));

        Assert.Equal(!dedup, account.Ledger.Doubled > 0);
    }

    [Fact]
    public void A_hot_row_is_written_one_after_the_other()
    {
        ArchitectureGraph With(int keys) => Graph(
            Clients(90, new("db"), keys, reads: 0),
            new DatabasePart("db") { Workers = 50, WriteTime = TakesTime.Parse("exp 10ms") });

        // One row is one server at 90 %.
        Assert.InRange(Simulated.Run(With(1)).Of("latency-mean").Value, 50, 200);
        Assert.InRange(Simulated.Run(With(10_000)).Of("latency-mean").Value, 9, 12);
    }

    [Fact]
    public void Syncs_that_are_shared_carry_more_than_one_each()
    {
        ArchitectureGraph With(int group) => Graph(
            Clients(500, new("db"), keys: 100_000, reads: 0),
            new DatabasePart("db") { Sync = TakesTime.Parse("10ms"), Group = group });

        Assert.InRange(Simulated.Run(With(1_000)).Of("goodput").Value, 480, 520);
        // A sync each: a hundred a second, however many wait.
        Assert.InRange(Simulated.Run(With(1)).MeterOf("db", 0).AnsweredWell, 1_900, 3_100);
    }

    [Fact]
    public void A_queue_puts_aside_what_nobody_can_process_and_keeps_what_a_crash_would_take()
    {
        ArchitectureGraph With(bool durable) => Graph(
            Clients(100, new("queue"), keys: 100, reads: 0),
            new QueuePart("queue")
            {
                Durable = durable, Consumers = 2, Calls = [new("worker") { Timeout = Seconds(2) }],
            },
            new ServicePart("worker") { Workers = 2, Time = TakesTime.Parse("30ms"), Calls = [new("db")] },
            new DatabasePart("db")) with
        {
            Faults = new([new CrashFault { At = Seconds(10), For = Seconds(1), Nodes = ["queue"] }]),
            Settle = Seconds(60),
        };

        Assert.Equal(0, Simulated.Run(With(true)).Ledger.Lost);
        Assert.InRange(Simulated.Run(With(false)).Ledger.Lost, 100, 1_000);
    }

    [Fact]
    public void Hedging_cuts_the_tail_for_a_few_more_calls()
    {
        ArchitectureGraph With(TimeSpan? hedge) => Graph(
            Clients(100, new("server") { Hedge = hedge }),
            new ServicePart("server") { Instances = 10, Workers = 10, Time =
                TakesTime.Parse("hyper 30 10ms") });

        var (plain, hedged) = (Simulated.Run(With(null)), Simulated.Run(With(Ms(30))));

        Assert.True(hedged.Of("latency-p99").Value < plain.Of("latency-p99").Value / 2);
        Assert.InRange(
            (double)hedged.CallsOf("clients", 0).Attempts / hedged.CallsOf("clients", 0).Calls, 1.01, 1.15);
    }

    [Fact]
    public void A_pool_of_connections_is_a_line_of_its_own()
    {
        ArchitectureGraph With(int? pool) => Graph(
            Clients(90, new("api")),
            new ServicePart("api") { Calls = [new("db") { Pool = pool }] },
            new DatabasePart("db") { Time = TakesTime.Parse("exp 10ms") });

        Assert.InRange(Simulated.Run(With(1)).Of("latency-mean").Value, 50, 200);
        Assert.InRange(Simulated.Run(With(null)).Of("latency-mean").Value, 9, 12);
    }

    [Fact]
    public void A_breaker_spares_a_server_that_refuses()
    {
        ArchitectureGraph With(double? breaker) => Graph(
            Clients(100, new("server") { Breaker = breaker, BreakerOpen = Seconds(1) }),
            new ServicePart("server")) with
        {
            Faults = new([new DegradeFault { At = Seconds(5), For = Seconds(10), Nodes = ["server"], How =
                "refuse" }]),
        };

        Assert.InRange(
            Simulated.Run(With(null)).MeterOf("server", 0).Ended[(int)CallStatus.Unavailable], 900, 1_100);
        Assert.InRange(
            Simulated.Run(With(0.5)).MeterOf("server", 0).Ended[(int)CallStatus.Unavailable], 10, 60);
    }

    [Fact]
    public void A_function_that_is_not_warm_starts_first()
    {
        ArchitectureGraph With(int warm) => Graph(
            Clients(20, new("function")),
            new ServicePart("function")
            {
                Workers = 1_000, Time = TakesTime.Parse("exp 50ms"), ColdStart = Seconds(1), KeepWarm =
                    Seconds(60),
                Warm = warm,
            });

        Assert.InRange(Simulated.Run(With(0)).MeterOf("function", 0).ColdStarts, 5, 40);
        Assert.Equal(0, Simulated.Run(With(20)).MeterOf("function", 0).ColdStarts);
    }

    [Theory]
    [InlineData("slow", 1_000, 20_000)]
    [InlineData("none", 0, 0)]
    public void Compaction_that_falls_behind_stalls_writes(string disk, int leastWaiting, int mostWaiting)
    {
        var account = Simulated.Run(Graph(
            Clients(1_000, new("db"), keys: 100_000, reads: 0),
            new DatabasePart("db")
            {
                Engine = DatabasePart.Lsm, RowBytes = 1_000, DiskMegabytes = disk == "slow" ? 20 : 2_000,
                DebtMegabytes = 10,
            }));

        Assert.InRange(account.Counted.Due - account.Counted.Answered, leastWaiting, mostWaiting);
    }

    [Fact]
    public void A_standstill_delays_what_is_worked_at_by_as_much()
    {
        ArchitectureGraph With(TimeSpan? every) => Graph(
            Clients(50, new("server")),
            new ServicePart("server")
            {
                Workers = 100, Time = TakesTime.Parse("10ms"), PauseEvery = every, PauseFor = Ms(200),
            });

        Assert.InRange(Simulated.Run(With(Seconds(2))).Counted.Latencies.MaxNs / 1e6, 195, 212);
        Assert.InRange(Simulated.Run(With(null)).Counted.Latencies.MaxNs / 1e6, 10, 11);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var graph = Graph(
            Clients(200, new("db") { Timeout = Ms(20), Retries = 3, Backoff =
                "full" }, keys: 100, reads: 0.5),
            new DatabasePart("db") { WriteTime = TakesTime.Parse("exp 10ms"), Time =
                TakesTime.Parse("exp 5ms") });

        var (once, again, other) =
            (Simulated.Run(graph), Simulated.Run(graph), Simulated.Run(graph, seed: 2));

        Assert.Equal(once.Measurements, again.Measurements);
        Assert.NotEqual(once.Measurements, other.Measurements);
    }
}
