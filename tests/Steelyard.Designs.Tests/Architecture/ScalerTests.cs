using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

public sealed class ScalerTests
{
    // 17 of 10 at 100 %, with 60 % wanted; the seven that became ready meanwhile say nothing yet; 25 of 17 at 88 %.
    [Fact]
    public void Instances_that_became_ready_meanwhile_do_not_count_as_measured()
    {
        var run = Simulated.Run(Served(perSecond: 300));

        Assert.Equal([17, 25], run.Scalings.Select(step => step.Instances));
    }

    [Fact]
    public void One_that_starts_again_after_a_crash_reports_what_it_did_since()
    {
        var run = Simulated.Run(Served(perSecond: 120) with
        {
            Faults = new([new CrashFault
            {
                At = TimeSpan.FromSeconds(62), For = TimeSpan.FromSeconds(1), Nodes = ["server-1"],
            }]),
        });

        Assert.Empty(run.Scalings);
    }

    [Fact]
    public void One_that_comes_back_reports_nothing_of_what_it_did_before_it_left()
    {
        // Its last minutes before it left, with fifty in line, would be told as those of its first look.
        var run = Simulated.Run(Served(perSecond: 60, "scheduled:at=10@0h+2@30s+3@90s", least: 2, queue: 50));
        var came = run.MetersOf("server");

        Assert.Equal([2, 3], run.Scalings.Select(step => step.Instances));
        Assert.True(came[2].Came > 0);
    }

    // Each instance does 20 a second; whoever finds five in line is refused.
    static ArchitectureGraph Served(double perSecond, string policy = "hpa", int least = 10, int queue = 5) =>
        new("served",
        [
            new ClientsPart("clients") { Rate = perSecond, Calls = [new("server")] },
            new ServicePart("server")
            {
                Workers = 1, Time = TakesTime.Parse("50ms"), Queue = queue, Instances = 10, Scale = policy,
                ScaleMin = least, ScaleMax = 40, StartUp = TimeSpan.FromSeconds(10),
            },
        ])
        {
            Duration = TimeSpan.FromSeconds(100),
        };
}
