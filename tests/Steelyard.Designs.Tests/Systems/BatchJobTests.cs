namespace Steelyard.Designs.Tests.Systems;

public sealed class BatchJobTests
{
    const string Small = "records 20000 crash-at 30s";
    static readonly TimeSpan s_short = TimeSpan.FromMinutes(4);

    [Fact]
    public void After_a_crash_it_does_again_what_it_had_done_since_its_checkpoint()
    {
        var often = MeasuredRun.Of("batch-job", $"{Small} checkpoint 2000", s_short);
        var never = MeasuredRun.Of("batch-job", $"{Small} checkpoint 0", s_short);

        Assert.Equal("", often.Broken);
        Assert.InRange(often["job-done-again"], 1, 2_000);
        // Half a minute at 313 records a second.
        Assert.InRange(never["job-done-again"], 8_500, 9_800);
        Assert.True(never.Account.Counted.Latencies.MaxNs > often.Account.Counted.Latencies.MaxNs + 8e9);
    }

    [Fact]
    public void What_is_done_again_takes_effect_again_unless_it_is_known_by_its_number()
    {
        var plain = MeasuredRun.Of("batch-job", $"{Small} checkpoint 1000 writes plain", s_short);

        Assert.Equal("no-double-effects", plain.Broken);
        Assert.InRange(plain["double-effects"], 1, plain["job-done-again"]);
        Assert.Equal(0, MeasuredRun.Of("batch-job", $"{Small} checkpoint 1000", s_short)["double-effects"]);
    }

    [Fact]
    public void Nothing_is_done_again_where_nothing_crashes()
    {
        var run = MeasuredRun.Of("batch-job", "records 20000 crash-at 0s writes plain", s_short);

        Assert.Equal("", run.Broken);
        Assert.Equal(0, run["job-done-again"]);
        Assert.Equal(2, run["job-checkpoints"]);
    }

    [Fact]
    public void A_checkpoint_has_its_price()
    {
        var (few, many) = (Ends("10000"), Ends("500"));

        // 38 checkpoints more, each half a second and the wait for the last of four chunks.
        Assert.InRange(many - few, 38 * 0.5, 38 * 2.5);

        static double Ends(string checkpoint) => MeasuredRun.Of(
            "batch-job", $"records 20000 crash-at 0s checkpoint {checkpoint}", s_short)
            .Account.Counted.Latencies.MaxNs / 1e9;
    }
}
