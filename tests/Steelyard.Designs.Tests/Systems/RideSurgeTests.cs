namespace Steelyard.Designs.Tests.Systems;

public sealed class RideSurgeTests
{
    static readonly string[] s_regions = ["asia", "europe", "americas"];
    static readonly Lazy<MeasuredRun> s_regional = new(static () => Day("regional"));
    static readonly Lazy<MeasuredRun> s_global = new(static () => Day("global"));

    [Fact]
    public void One_group_for_all_takes_fewer_instances_for_fewer_are_idle()
    {
        var (one, each) = (s_global.Value, s_regional.Value);

        Assert.True(one["cost"] < 0.95 * each["cost"]);
        Assert.True(one["availability"] > each["availability"]);
    }

    [Fact]
    public void Of_a_group_in_each_region_only_the_region_of_the_surge_suffers()
    {
        var (calm, surge) = (Day("regional", "surge 1"), s_regional.Value);

        Assert.True(Missed(surge, "europe") > 3 * Missed(calm, "europe"));
        foreach (var region in s_regions.Where(region => region != "europe"))
            Assert.Equal(Missed(calm, region), Missed(surge, region), 0.003);

        static double Missed(MeasuredRun run, string region) =>
            run[$"{region}-{region}-matching-failed"] is var share && double.IsNaN(share) ? 0 : share;
    }

    [Fact]
    public void Who_is_far_away_pays_the_way()
    {
        var run = Day("global", "surge 1");

        foreach (var region in (string[])["asia", "americas"])
            Assert.InRange(run[$"{region}-sea-time"] - run["door-time"], 148, 200);
    }

    static MeasuredRun Day(string groups, string options = "") =>
        MeasuredRun.Of("ride-surge", $"day 4h groups {groups} {options}");
}
