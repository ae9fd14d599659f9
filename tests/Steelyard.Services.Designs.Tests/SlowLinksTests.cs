using Steelyard.Runs;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests;

/// <summary>Right variants in their stories, while everything that is sent comes late and twice.</summary>
public sealed class SlowLinksTests
{
    static readonly ulong s_seeds = ServiceHunt.IsLong ? 200UL : 2;

    public static TheoryData<string, string> Variants => RightVariantsTests.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void What_is_right_keeps_its_promises_while_links_double_and_slow(string service, string variant)
    {
        var hunt = new ServiceHunt(service, variant).Small();
        var scenario = hunt.Request.Build();
        // To the middle: promises with time limits are judged afterwards.
        var bad = new LinkFault
        {
            At = scenario.Load.Duration / 20,
            For = scenario.Load.Duration * 0.45,
            Duplication = 1,
            Slowdown = 50,
        };
        var plan = new FaultPlan([bad, .. scenario.StoryFaults.Faults]);

        (hunt with { Faults = FaultChoice.Of("slow.yaml", plan) }).MustHold(new(1, s_seeds));
    }
}
