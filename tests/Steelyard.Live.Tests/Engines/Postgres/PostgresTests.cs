using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Postgres;

public sealed class PostgresTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(1.5);

    [EngineFact("postgres")]
    public void A_single_server_is_linearizable()
    {
        var (run, verdicts) = LiveEngines.Run(
            "postgres", FaultPlan.None, s_short, ("workload", "register"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 50);
    }

    [EngineFact("postgres")]
    public void Serializable_transactions_are_serializable()
    {
        var (run, verdicts) = LiveEngines.Run(
            "postgres", FaultPlan.None, s_short, ("isolation", "serializable"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 50);
    }

    [EngineFact("postgres")]
    public void Transfers_that_read_decide_and_write_lose_money_at_read_committed()
    {
        var (_, verdicts) = LiveEngines.Run("postgres", FaultPlan.None, s_short, ("workload", "bank"));

        Assert.Equal(Validity.Invalid, verdicts[0].Validity);
    }

    [EngineFact("postgres")]
    public void Each_level_lets_through_what_is_said_of_it() =>
        Assert.Empty(LiveEngines.DifferencesOfIsolation("postgres"));

    [EngineFact("postgres", IsLong = true)]
    public void The_same_transfers_keep_all_money_at_repeatable_read()
    {
        var (_, verdicts) = LiveEngines.Run(
            "postgres", FaultPlan.None, s_short * 2, ("workload", "bank"), ("isolation", "repeatable-read"));

        Assert.All(verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
    }

    [EngineFact("postgres", IsLong = true)]
    public void An_asynchronous_standby_that_is_behind_loses_acknowledged_writes_when_it_is_promoted()
    {
        var (run, verdicts) = FailOver("n3");

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [EngineFact("postgres", IsLong = true)]
    public void A_synchronous_standby_that_is_promoted_has_all_that_was_acknowledged()
    {
        var (run, verdicts) = FailOver("n2");

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [EngineFact("postgres", IsLong = true)]
    public void A_commit_that_waits_is_seen_on_a_standby_before_it_is_on_the_primary()
    {
        var found = LiveEngines.Try(
            "postgres", "primary, a synchronous and an asynchronous standby, repeatable read",
            "long fork: two readers see two commits in opposite orders");

        Assert.True(found.Occurred, found.Evidence);
    }

    [EngineFact("postgres", IsLong = true)]
    public void A_primary_that_comes_back_follows_and_leads_again_with_all_that_was_acknowledged()
    {
        var (run, verdicts) = LiveEngines.Run(
            "postgres",
            new(
            [
                new FailoverFault
                {
                    At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(1), To = "n3",
                },
                new FailoverFault { At = TimeSpan.FromSeconds(4), To = "n1" },
            ]),
            TimeSpan.FromSeconds(6), ("config", "replicas"), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        Assert.Empty(run.Findings);
        Assert.Contains("n1 follows n3, by pg_rewind.", run.Notes);
    }

    // The second one has nothing of what the first one has acknowledged unless that one waited for it.
    [EngineFact("postgres", IsLong = true)]
    public void A_second_failover_loses_what_was_acknowledged_only_where_nobody_was_waited_for()
    {
        Assert.Equal(Validity.Valid, Twice("waits"));
        Assert.Equal(Validity.Invalid, Twice("alone"));

        static Validity Twice(string promoted)
        {
            var (run, verdicts) = LiveEngines.Run(
                "postgres",
                new(
                [
                    new FailoverFault { At = TimeSpan.FromSeconds(1), To = "n2" },
                    new FailoverFault { At = TimeSpan.FromSeconds(5), To = "n3" },
                ]),
                TimeSpan.FromSeconds(7), ("config", "replicas"), ("workload", "set"), ("promoted", promoted));
            Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
            Assert.Empty(run.Findings);
            return Assert.Single(verdicts).Validity;
        }
    }

    static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) FailOver(string to)
    {
        var cut = new CutFault
        {
            At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(2), From = ["n1"], To = [to],
        };
        var failover = new FailoverFault { At = TimeSpan.FromSeconds(2.5), To = to };
        return LiveEngines.Run(
            "postgres", new([cut, failover]), TimeSpan.FromSeconds(4), ("config", "replicas"),
            ("workload", "set"));
    }
}
