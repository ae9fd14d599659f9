using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Sweeps;

/// <summary>Sweeps of <see cref="TinyRegister"/>, and points whose figures a test says.</summary>
internal static class Swept
{
    public static RunRequest Tiny { get; } = RunRequest.Of(
        new TinyRegister(), TinyRegister.With(), FaultChoice.Story, RunSpec.DefaultSeed);

    /// <summary>A sweep.</summary>
    public static SweepRequest Request(string vary, string objectives, SeedPlan? seeds = null) => new(
        Tiny, [.. vary.Split(' ').Select(Variation.Parse)],
        [.. objectives.Split(' ').Select(Objective.Parse)],
        seeds ?? SeedPlan.Fixed())
    {
        WorldFor = _ => new SimulatedWorld(),
        Workers = 2,
    };

    /// <summary>Does it, in a folder.</summary>
    public static SweepResult Execute(SweepRequest request, string folder)
    {
        using var store = SweepStore.Open(
            Path.Combine(folder, SweepStore.FileName), SweepIdentity.Of(request));
        return Sweep.Execute(request, SweepPoints.Of(request.What, request.Variations), store);
    }

    /// <summary>What was found of points that have these figures at x and y, seed by seed; less is better at
    /// both.</summary>
    public static SweepResult Result(string vary, params IReadOnlyList<(double X, double Y)[]> points)
    {
        var request = Request(vary, "x:min y:min");
        var all = SweepPoints.Of(request.What, request.Variations).Points;
        var swept = all.Zip(points, (point, figures) => new SweptPoint(
            point, [.. figures.Select((figure, seed) => Run(point, seed, figure))])).ToList();
        Aim[] aims = [Aim("x"), Aim("y")];
        return new(request, aims, Frontier.Of(swept, aims), [], IsPartial: false);
    }

    static SweptRun Run(SweepPoint point, int seed, (double X, double Y) figure) =>
        new(point.Name, new Seed((ulong)seed + 1), Validity.Valid)
        {
            Measurements =
            [
                new("x", figure.X, "ms", Direction.LessIsBetter, 100),
                new("y", figure.Y, "ms", Direction.LessIsBetter, 100),
            ],
        };

    static Aim Aim(string id) => new(id, id.ToUpperInvariant(), "ms", Direction.LessIsBetter);
}
