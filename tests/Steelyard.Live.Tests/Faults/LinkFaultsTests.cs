using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

/// <summary>Which faults of links a live engine can have.</summary>
public sealed class LinkFaultsTests
{
    static readonly TimeSpan s_at = TimeSpan.FromSeconds(1);

    public static TheoryData<string, Fault> Refused => new()
    {
        {
            "groups without a common node",
            new ResetFault { At = s_at, Groups = [["n1"], ["n1", "n2"]] }
        },
        {
            "nodes in from and others in to",
            new HalfOpenFault { At = s_at, From = ["n1"], To = ["n1"] }
        },
        { "say delay", new LinkFault { At = s_at, Slowdown = 2 } },
        { "at least 1 byte a second", new LinkFault { At = s_at, BandwidthBytesPerSecond = 0 } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_makes_no_sense_is_refused_in_one_line(string why, Fault fault)
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultPlanCheck.Check(new([fault]), Cluster));

        Assert.Contains(why, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_can_be_done_to_a_link_is_allowed_together() => FaultPlanCheck.Check(
        new(
        [
            new LinkFault
            {
                At = s_at, Delay = s_at, Jitter = s_at, BandwidthBytesPerSecond = 1000,
            },
            new ResetFault { At = s_at, Groups = [["n1"], ["n2"]], Refuses = true },
            new HalfOpenFault { At = s_at, From = ["n1"], To = ["n2"] },
        ]),
        Cluster);

    [Fact]
    public void A_nemesis_resets_connections_leaves_some_half_open_and_makes_links_late_and_narrow()
    {
        var plans = Enumerable.Range(1, 40)
            .Select(seed => Nemesis.Plan(
                FaultPalette.Of(ResetFault.Defined), Cluster, new Seed((ulong)seed)).Faults)
            .ToList();

        var resets = plans.SelectMany(plan => plan).OfType<ResetFault>().ToLookup(fault => fault.Refuses);
        Assert.NotEmpty(resets[true]);
        Assert.NotEmpty(resets[false]);
        Assert.NotEmpty(plans.SelectMany(plan => plan).OfType<HalfOpenFault>());
        var links = plans.SelectMany(plan => plan).OfType<LinkFault>().ToList();
        Assert.Contains(links, link => link.Delay > TimeSpan.Zero);
        Assert.Contains(links, link => link.Jitter > TimeSpan.Zero);
        Assert.Contains(links, link => link.BandwidthBytesPerSecond is not null);
    }

    static Scenario Cluster
    {
        get
        {
            var design = LiveCatalogue.All.First(design => design.Name == "live etcd");
            return design.Build(new(
                design, new(),
                new Dictionary<string, string>(StringComparer.Ordinal) { ["network"] = "proxies" }));
        }
    }
}
