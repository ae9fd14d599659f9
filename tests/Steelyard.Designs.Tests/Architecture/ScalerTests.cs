using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

public sealed class ScalerTests
{
    // 17 of 10 at 100 %, with 60 % wanted; the seven that became ready meanwhile say nothing yet; 25 of 17 at
    // 88 %.
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
    public void What_was_before_a_turn_of_being_there_is_not_reported()
    {
        var (clock, now) = (new RunClock(), 0L);
        clock.Set(() => now);
        var meter = new InstanceMeter(clock, windowNs: 1_000_000_000, loadNs: 120_000_000_000);
        meter.Begin(workers: 1);
        meter.Works(1);
        now = 60_000_000_000;
        var count = new UsageCount(meter);
        now = 62_000_000_000;

        Assert.Equal(2, count.SinceLast(waiting: 0).BusySeconds, 1e-9);
        now = 90_000_000_000;
        count.Forget();
        now = 91_000_000_000;
        Assert.Equal(1, count.SinceLast(waiting: 0).BusySeconds, 1e-9);
    }

    [Fact]
    public void Of_instances_that_come_and_go_each_draw_is_among_those_that_are_there()
    {
        var run = Simulated.Run(Served(perSecond: 60, "fixed:replicas=10", Balancing.TwoChoices));
        var came = run.MetersOf("server").Take(10).Select(meter => (double)meter.Came).ToList();

        // 6,000 over ten: five standard deviations of a share are 117.
        Assert.All(came, one => Assert.InRange(one, 480, 720));
    }

    [Fact]
    public void Target_tracking_stays_within_one_instance_at_a_constant_load()
    {
        var run = Simulated.Run(Served(perSecond: 120, "aws-target") with
        {
            Duration = TimeSpan.FromMinutes(30),
        });

        Assert.All(run.Scalings, step => Assert.InRange(step.Instances, 9, 11));
    }

    // Each instance does 20 a second; whoever finds five in line is refused.
    static ArchitectureGraph Served(
        double perSecond, string policy = "hpa", string balance = Balancing.RoundRobin) =>
        new("served",
        [
            new ClientsPart("clients") { Rate = perSecond, Calls = [new("server") { Balance = balance }] },
            new ServicePart("server")
            {
                Workers = 1, Time = TakesTime.Parse("50ms"), Queue = 5, Instances = 10, Scale = policy,
                ScaleMin = 8, ScaleMax = 40, StartUp = TimeSpan.FromSeconds(10),
            },
        ])
        {
            Duration = TimeSpan.FromSeconds(100),
        };
}
