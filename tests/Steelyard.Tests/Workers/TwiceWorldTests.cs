using Steelyard.Simulation;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Workers;

public sealed class TwiceWorldTests
{
    static readonly Scenario Tiny = new TinyRegister().Build(TinyRegister.With());

    [Fact]
    public void A_run_is_done_once_more_as_far_as_it_went()
    {
        var starts = new List<World>();
        using var session = Start(new(() => Created(starts, 5, 5)));
        session.Advance(RunPoint.AfterEvents(50));
        session.Advance(RunPoint.At(TimeSpan.FromSeconds(1)));
        session.Advance(RunPoint.AfterEvents(20));

        var run = session.Finish();

        Assert.Equal(2, starts.Count);
        Assert.All(starts, world => Assert.True(world.IsDisposed));
        Assert.True(run.IsPartial);
        Assert.True(run.Counters.Events >= 50);
    }

    [Fact]
    public void Two_runs_that_differ_are_told()
    {
        var starts = new List<World>();
        using var session = Start(new(() => Created(starts, 5, 6)));
        session.Advance(RunPoint.End);

        var told = Assert.Throws<NotDeterministicException>(session.Finish);

        Assert.Equal(new Seed(5), told.Seed);
        Assert.NotNull(told.Difference);
    }

    [Fact]
    public void A_run_that_is_left_in_the_middle_is_put_away()
    {
        var starts = new List<World>();
        var session = Start(new(() => Created(starts, 5)));
        session.Advance(RunPoint.AfterEvents(50));

        session.Dispose();

        Assert.True(Assert.Single(starts).IsDisposed);
    }

    static RunSession Start(TwiceWorld world) =>
        world.Start(Tiny, FaultPlan.None, new(5), RunControl.None);

    static World Created(List<World> starts, params ReadOnlySpan<ulong> seeds)
    {
        var world = new World(new(seeds[starts.Count]));
        starts.Add(world);
        return world;
    }

    sealed class World(Seed odd) : IWorld, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public bool CanRun(Deployment deployment) => true;

        public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
            new SimulatedWorld().Start(scenario, plan, odd, control);

        public void Dispose() => IsDisposed = true;
    }
}
