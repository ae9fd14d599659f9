using Steelyard.Designs.Chat;
using Steelyard.Designs.Tests.Runs;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Chat;

public class ChatDesignTests
{
    static readonly ChatDesign Design = new();

    [Theory]
    [InlineData("resolve crdt")]
    [InlineData("resolve vector-clock")]
    [InlineData("resolve app")]
    [InlineData("resolve lww clock-skew 0s")]
    public void A_right_chat_keeps_every_promise_through_the_partition(string options)
    {
        for (var seed = 1UL; seed <= (ulong)DesignRun.Seeds(4, 1000); seed++)
        {
            var run = DesignRun.Of(Design, options, seed);

            Assert.All(run.Verdicts, verdict => Assert.True(
                verdict.Validity == Validity.Valid, $"seed {seed}: {verdict.Checker}: {verdict.Summary}"));
        }
    }

    [Theory]
    [InlineData("resolve crdt")]
    [InlineData("resolve vector-clock")]
    [InlineData("resolve app")]
    public void Nothing_is_lost_doubled_or_out_of_order_under_all_faults_it_tolerates(string options)
    {
        for (var seed = 1UL; seed <= (ulong)DesignRun.Seeds(4, 1000); seed++)
        {
            var run = DesignRun.Of(Design, options, seed, FaultPalette.All);

            // Whoever stands beside a dead server on the wrong side of a cut may have nobody left to ask.
            foreach (var verdict in run.Verdicts.Where(v => v.Checker != "available-during-partition"))
                Assert.True(verdict.Validity == Validity.Valid, $"seed {seed}: {verdict.Summary}");
        }
    }

    [Fact]
    public void Last_writer_wins_loses_an_update_when_clocks_are_apart()
    {
        var lost = Enumerable.Range(1, 5).Select(seed => DesignRun.Of(Design, "resolve lww", (ulong)seed))
            .SelectMany(run => run["status-kept"].Anomalies).ToList();

        Assert.Contains(lost, anomaly => anomaly.Type == "lost-update");
        Assert.All(lost, anomaly => Assert.InRange(anomaly.Witness.Count, 2, 4));
    }

    [Fact]
    public void Vector_clocks_show_siblings_and_the_device_map_merges()
    {
        Assert.Contains(FinalStatuses("resolve vector-clock"), status => status.Kind == ValueKind.List);
        Assert.All(FinalStatuses("resolve crdt"), status => Assert.Equal(ValueKind.Map, status.Kind));
        Assert.All(FinalStatuses("resolve app"), status => Assert.Equal(ValueKind.Text, status.Kind));

        static IEnumerable<Value> FinalStatuses(string options)
        {
            var history = DesignRun.Of(Design, options, 1).World.History;
            var final = history.Phases.FinalReads!.Value.Position;
            return history.Operations.Where(o => o.Function == Functions.GetStatus && o.InvokedAt > final)
                .Select(o => o.Output);
        }
    }

    [Theory]
    [InlineData("dedup off", "delivered-once")]
    [InlineData("ordering arrival", "replicas-converge")]
    [InlineData("anti-entropy off", "acknowledged-kept")]
    [InlineData("outbox off", "available-during-partition")]
    [InlineData("replication raft", "available-during-partition")]
    public void Each_mechanism_left_out_breaks_its_promise(string options, string promise)
    {
        var broken = Enumerable.Range(1, 6).Any(seed =>
            DesignRun.Of(Design, options, (ulong)seed)[promise].Validity == Validity.Invalid);

        Assert.True(broken, $"{options} broke {promise} in none of six runs");
    }

    [Fact]
    public void Without_causal_delivery_a_reply_is_shown_before_what_it_answers()
    {
        var broken = Enumerable.Range(1, DesignRun.Seeds(25, 100))
            .Select(seed => DesignRun.Of(Design, "causal off", (ulong)seed, FaultPalette.Network))
            .Any(run => run["replies-after-parents"].Validity == Validity.Invalid);

        Assert.True(broken, "no reply was shown before its parent");
    }

    [Fact]
    public void Acknowledging_before_the_disk_has_it_loses_messages_in_crashes()
    {
        var scenario = DesignRun.Build(Design, "acknowledge early");
        var kept = DesignRun.Build(Design, "acknowledge saved");
        // A slow disk, so that much is unsaved when the crash comes.
        var plan = new FaultPlan(
        [
            new DiskFault { At = TimeSpan.FromSeconds(2), Nodes = ["n1"], Trouble = DiskTrouble.Slow },
            new CrashFault { At = TimeSpan.FromSeconds(6), For = TimeSpan.FromSeconds(2), Nodes = ["n1"] },
        ]);
        var seeds = Enumerable.Range(1, 15).Select(seed => (ulong)seed).ToList();
        var lost = seeds.Exists(
            seed => DesignRun.Of(scenario, seed, plan)["acknowledged-kept"].Validity == Validity.Invalid);

        Assert.All(seeds, seed => Assert.Equal(
            Validity.Valid, DesignRun.Of(kept, seed, plan)["acknowledged-kept"].Validity));
        Assert.True(lost, "no crash lost an acknowledged message");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        foreach (var options in new[] { "replication async", "replication raft" })
        {
            var first = DesignRun.Of(Design, options, 7, FaultPalette.All).World;
            var again = DesignRun.Of(Design, options, 7, FaultPalette.All).World;

            Assert.Equal((first.History.Hash, first.ScheduleHash), (again.History.Hash, again.ScheduleHash));
        }
    }
}
