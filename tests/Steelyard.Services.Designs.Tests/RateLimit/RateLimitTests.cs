using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.RateLimit;

public sealed class RateLimitTests
{
    [Fact]
    public void A_shared_bucket_holds_its_limit_whatever_breaks() =>
        ServicesTest.Run<DisturbedBuckets>(1..Broken.Seeds);

    [Fact]
    public void With_a_budget_for_retries_an_outage_ends_with_its_cause() =>
        ServicesTest.Run<Buckets>(1..3);

    [Fact]
    public void Hosts_that_count_alone_admit_too_much() => Broken.At<PerHostLimit>(1, "limit-holds");

    [Fact]
    public void Two_windows_that_meet_admit_too_much() => Broken.At<FixedWindow>(1, "limit-holds");

    [Fact]
    public void Requests_that_read_the_same_count_are_all_admitted() =>
        Broken.At<CheckThenCount>(1, "limit-holds");

    [Fact]
    public void A_noisy_neighbour_empties_the_bucket_of_all() =>
        Broken.At<OneBucketForAll>(1, "nobody-starved");

    [Fact]
    public void Retries_without_a_budget_outlive_the_outage() =>
        Broken.At<RetryWithoutBudget>(1, "goodput-recovers");

    [Fact]
    public void Clients_that_do_not_read_when_to_come_again_come_early() =>
        Broken.At<RetryTooEarly>(1, "retry-after-honoured");

    [Fact]
    public void A_herd_that_finds_the_prices_expired_has_each_its_own_loaded() =>
        Broken.At<Stampede>(1, "one-load-per-expiry");
}
