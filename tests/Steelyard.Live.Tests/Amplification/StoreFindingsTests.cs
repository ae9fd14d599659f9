using System.Text.Json;
using Steelyard.Live.Amplification;

namespace Steelyard.Live.Tests.Amplification;

public sealed class StoreFindingsTests
{
    static readonly AmplificationPlan s_plan = new(10, ValueBytes: 92, Batch: 1, Reads: 1, MemoryBytes: 1024);

    [Fact]
    public void Figures_are_quotients_of_what_was_counted()
    {
        var found = Findings("""
            {"phase":"update","records":10,"bytes":1000,"seconds":2,"written":9000,"told":4500,"fetched":1500,
             "asked":0,"device":5000,"files":2500,"own":{"log":1100}}
            """);

        Assert.Equal(new(4.5, 4.5, 4.5), found.Over("update", phase => phase.WriteAmplification));
        Assert.Equal(1.5, found.Over("update", phase => phase.ReadAmplification).Value);
        Assert.Equal(5, found.Over("update", phase => phase.PerSecond).Value);
        Assert.Equal(2.5, found.SpaceAmplification.Value);
        Assert.Equal(5, found.DeviceWrites("update"));
    }

    // Mean 2, standard deviation 1: 4.303 (t of 2 degrees, 97.5 %) / √3 on both sides.
    [Fact]
    public void Repetitions_make_an_interval_by_Students_t()
    {
        var found = Findings(Told(1000), Told(2000), Told(3000));

        var about = found.Over("update", phase => phase.WriteAmplification);

        Assert.Equal(2, about.Value, 6);
        Assert.Equal(2 - 2.484, about.Low, 3);
        Assert.Equal(2 + 2.484, about.High, 3);
    }

    [Fact]
    public void A_device_that_nobody_counts_is_not_counted() =>
        Assert.True(double.IsNaN(Findings(Told(1000)).DeviceWrites("update")));

    [Fact]
    public void A_line_that_tells_how_far_it_is_is_no_part()
    {
        using var line = JsonDocument.Parse("""{"share":0.5}""");

        Assert.Null(StorePhase.Of(line.RootElement));
    }

    static string Told(int bytes) =>
        """{"phase":"update","records":10,"bytes":1000,"seconds":2,"written":0,"fetched":0,"asked":0,"""
        + $$"""
            "files":1000,"own":{},"told":{{bytes}}}
            """;

    static StoreFindings Findings(params string[] lines) => new(
        MeasuredStore.All[0], s_plan,
        [
            .. lines.Select(line =>
            {
                using var json = JsonDocument.Parse(line);
                return (IReadOnlyList<StorePhase>)[StorePhase.Of(json.RootElement)!];
            }),
        ]);
}
