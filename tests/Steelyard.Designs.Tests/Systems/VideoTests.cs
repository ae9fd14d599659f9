namespace Steelyard.Designs.Tests.Systems;

public sealed class VideoTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(10);

    [Fact]
    public void Eleven_cameras_fit_one_GPU_in_batches_and_three_frame_by_frame()
    {
        Assert.Equal("", Run("").Broken);
        Assert.Equal("", Run("cameras 11").Broken);
        Assert.Equal("", Run("batch 1 cameras 3").Broken);
        Assert.Contains("availability", Run("batch 1 cameras 4").Broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_stage_of_a_camera_has_a_thirtieth_of_a_second_for_a_frame()
    {
        Assert.Equal("", Run("decode 33ms").Broken);
        Assert.NotEqual("", Run("decode 34ms late keep").Broken);
    }

    [Fact]
    public void What_is_late_is_dropped_and_the_rest_is_in_time()
    {
        var (drops, keeps) = (Run("cameras 14"), Run("cameras 14 late keep"));

        // Ten frames in 28 ms, of fourteen cameras.
        Assert.Equal(10 / 0.028 / (14 * 30), drops["availability"], 0.03);
        Assert.True(drops["latency-p99"] < 100);
        Assert.True(keeps["availability"] < 0.1);
        Assert.True(keeps["latency-p99"] > 1_000);
    }

    [Fact]
    public void A_second_GPU_is_for_ten_cameras_more_and_a_fourth_waits_for_the_bus()
    {
        Assert.Equal("", Run("cameras 20 gpus 2").Broken);
        Assert.Equal("", Run("cameras 33 gpus 4").Broken);

        var crowded = Run("cameras 40 gpus 4");
        Assert.Contains("availability", crowded.Broken, StringComparison.Ordinal);
        Assert.Equal(1, crowded["bus-utilisation"], 0.01);
        Assert.True(crowded["gpu-utilisation"] < 0.9);
    }

    [Fact]
    public void Pieces_of_a_video_are_done_sooner_and_cost_a_little_more()
    {
        var (pieces, whole) = (Farm("10"), Farm("1"));

        Assert.Equal("", pieces.Broken);
        Assert.Equal("latency-p99", whole.Broken);
        Assert.True(pieces["latency-p50"] < whole["latency-p50"] / 5);
        // 10 s to begin a piece: 70 s of work become 700 s in place of 610 s.
        Assert.Equal(700.0 / 610, pieces["encoder-utilisation"] / whole["encoder-utilisation"], 0.02);

        static MeasuredRun Farm(string chunks) => MeasuredRun.Of("video", $"mode encode chunks {chunks}");
    }

    static MeasuredRun Run(string options) => MeasuredRun.Of("video", options, s_short);
}
