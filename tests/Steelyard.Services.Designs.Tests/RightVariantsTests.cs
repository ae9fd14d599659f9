using Steelyard.Runs;

namespace Steelyard.Services.Designs.Tests;

public sealed class RightVariantsTests
{
    static readonly ulong s_seeds = ServiceHunt.IsLong ? 10_000UL : 4;

    public static TheoryData<string, string> Variants
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (service, variant) in AnyService.Variants(areRight: true))
                data.Add(service.Name, variant.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_right_keeps_its_promises_whatever_breaks(string service, string variant) =>
        new ServiceHunt(service, variant) { Faults = FaultChoice.Named("all") }.Small()
            .MustHold(new(1, s_seeds));

    // All faults leave little of what these are judged by: deploys alone, and times in which nothing breaks.
    [Theory]
    [InlineData("web-tier", "stateless")]
    [InlineData("presence", "leased")]
    [InlineData("rate-limit", "token-bucket")]
    public void What_is_right_keeps_its_promises_in_its_story(string service, string variant) =>
        new ServiceHunt(service, variant).MustHold(new(1, s_seeds / 2));
}
