using Steelyard.Analysis.Laws.Caching;

namespace Steelyard.Designs.Tests.Systems;

public sealed class CatalogTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);

    [Fact]
    public void The_database_alone_is_asked_for_twice_what_it_can_do() => Assert.Equal(
        "latency-p99; availability", MeasuredRun.Of("catalog", "serve database", s_short).Broken);

    [Theory]
    [InlineData("serve cache")]
    [InlineData("serve replicas")]
    [InlineData("serve denormalised")]
    [InlineData("serve view")]
    [InlineData("preset blog")]
    [InlineData("preset wiki")]
    public void Each_way_to_serve_what_is_read_often_holds(string options) =>
        Assert.Equal("", MeasuredRun.Of("catalog", options, s_short).Broken);

    [Fact]
    public void The_cache_answers_what_Ches_approximation_says_but_for_filling_it()
    {
        var run = MeasuredRun.Of("catalog", "serve cache reads-per-write 100000", s_short);
        var (law, reads) = (IndependentRequests.Zipf(2_000, 1).Lru(1_000), run["requests-due"]);

        // Each of the 1,000 pages it holds was missed once, at most, that it would not have been later.
        Assert.InRange(run["cache-hit-ratio"], law - (1_000 / reads) - 0.01, law + 0.01);
    }

    [Fact]
    public void Most_pages_of_a_wiki_are_read_too_seldom_to_be_held() => Assert.Equal(
        "latency-p99; availability", MeasuredRun.Of("catalog", "preset wiki serve cache", s_short).Broken);

    [Fact]
    public void A_page_from_a_CDN_is_as_old_as_it_may_hold_it()
    {
        var (old, fresh) = (Held("30s"), Held("3s"));

        Assert.Equal("staleness-max", old.Broken);
        Assert.InRange(old["staleness-max"], 5_000, 30_200);
        Assert.InRange(fresh["staleness-max"], 1_000, 3_200);

        static MeasuredRun Held(string ttl) => MeasuredRun.Of("catalog", $"serve cdn ttl {ttl}", s_short);
    }

    [Fact]
    public void A_view_is_as_old_as_the_time_between_two_of_it() => Assert.InRange(
        MeasuredRun.Of("catalog", "serve view", s_short)["staleness-max"], 1_500, 2_100);

    [Fact]
    public void Pages_kept_as_one_row_are_for_those_who_seldom_write() => Assert.Equal(
        "latency-p99; availability",
        MeasuredRun.Of("catalog", "serve denormalised reads-per-write 5", s_short).Broken);
}
