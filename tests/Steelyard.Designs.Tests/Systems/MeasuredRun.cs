using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Systems;

/// <summary>A run of a system, with the figures that its user sees.</summary>
sealed class MeasuredRun
{
    readonly IReadOnlyList<Measurement> _measurements;

    MeasuredRun(Scenario scenario, ulong seed)
    {
        var world = new SimulatedWorld().Execute(scenario, scenario.StoryFaults, new(seed), RunControl.None);
        Account = (ArchitectureAccount)world.Account!;
        _measurements = RunMeasures.Of(
            Account.Counted, world.History, traffic: null, Account.Measurements).Measurements;
        Broken = string.Join("; ", Account.Verdicts
            .Concat(scenario.Promises.Limits.Select(limit => limit.Judge(_measurements)))
            .Where(verdict => verdict.Validity != Validity.Valid)
            .Select(verdict => verdict.Checker));
    }

    /// <summary>All that was counted.</summary>
    public ArchitectureAccount Account { get; }

    /// <summary>What was promised and not kept, by its names.</summary>
    public string Broken { get; }

    /// <summary>Runs one: options as on the command line, without dashes; null is the usual duration or
    /// rate.</summary>
    public static MeasuredRun Of(
        string system, string options = "", TimeSpan? duration = null, double? rate = null)
    {
        var design = Catalogue.Find(system);
        var given = options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var common = new CommonOptions { Duration = duration, RatePerSecond = rate };
        return new(design.Build(new(design, common, given)), seed: 1);
    }

    /// <summary>A figure; NaN where there is none.</summary>
    public double this[string id] =>
        _measurements.FirstOrDefault(one => one.Id == id) is { } found ? found.Value : double.NaN;

    /// <summary>The share of latencies above one, to the digits that a histogram keeps.</summary>
    public static double ShareAbove(LatencyHistogram latencies, double ns)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 40; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = latencies.PercentileNs(middle) > ns ? (low, middle) : (middle, high);
        }

        return 1 - low;
    }
}
