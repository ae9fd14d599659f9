using Steelyard.Histories;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Sqlite;

public sealed class SqliteTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(2);

    [EngineFact("sqlite")]
    public void What_was_committed_outlives_a_kill_of_all_its_processes()
    {
        var crash = new CrashFault { At = s_short / 2, For = s_short / 8, Nodes = ["n1", "n2", "n3"] };

        var (run, verdicts) = LiveEngines.Run(
            "sqlite", new([crash]), s_short, TimeSpan.FromSeconds(1), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
        Assert.True(run.Counters.Load.Answered > 10);
    }

    [EngineFact("sqlite")]
    public void What_was_not_committed_is_taken_back_by_a_journal_and_by_nothing_else()
    {
        Assert.False(Spilled("delete").Occurred);
        Assert.True(Spilled("off").Occurred);
    }

    [EngineFact("sqlite", IsLong = true)]
    public void Each_level_lets_through_what_is_said_of_it() =>
        Assert.Empty(LiveEngines.DifferencesOfIsolation("sqlite"));

    [EngineFact("sqlite", IsLong = true)]
    public void Transactions_of_several_processes_are_strict_serializable()
    {
        var (run, verdicts) = LiveEngines.Run(
            "sqlite", FaultPlan.None, s_short, ("config", "rollback"), ("begin", "deferred"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 10);
    }

    [EngineFact("sqlite", IsLong = true)]
    public void A_counter_loses_increments_where_locks_do_nothing()
    {
        var (_, verdicts) = LiveEngines.Run(
            "sqlite", FaultPlan.None, s_short, ("config", "unlocked"), ("workload", "counter"));

        Assert.Equal(Validity.Invalid, verdicts[0].Validity);
    }

    [Theory]
    [InlineData("single", "it has one node, and nothing to cut it from")]
    [InlineData("wal", "its processes share a file, and no network is between them to be cut")]
    public void Nothing_of_it_can_be_partitioned(string setup, string why)
    {
        var design = LiveCatalogue.All.First(design => design.Name == "live sqlite");
        var deployment = design.Build(new(
            design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { ["config"] = setup }))
            .Deployment;

        var cut = new PartitionFault { At = s_short, Groups = [["n1"], ["n2", "n3"]] };
        Assert.Equal(why, deployment.CannotDo(cut));
        Assert.Null(deployment.CannotDo(new CrashFault { At = s_short, Nodes = ["n1"] }));
    }

    static ScriptFinding Spilled(string journal) => LiveEngines.Try(
        "sqlite", $"three processes, {journal} journal", "what was not committed is read");
}
