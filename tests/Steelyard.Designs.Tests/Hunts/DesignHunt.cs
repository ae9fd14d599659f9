using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Hunts;

/// <summary>Runs designs in the simulated world, one seed after the other.</summary>
static class DesignHunt
{
    /// <summary>True when the long hunts are asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";

    /// <summary>The scenario of a design and options written as on the command line.</summary>
    public static Scenario Scenario(string command, TimeSpan? duration = null)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var design = Catalogue.Find(words[0]);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        int? nodes = null;
        for (var i = 1; i < words.Length; i++)
        {
            var value = i + 1 < words.Length && !words[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? words[i + 1]
                : "true";
            if (words[i] == "--nodes")
                nodes = int.Parse(value);
            else if (words[i].StartsWith("--", StringComparison.Ordinal))
                given[words[i][2..]] = value;
        }

        return design.Build(new(design, new() { Nodes = nodes, Duration = duration }, given));
    }

    /// <summary>One run under a plan of a palette.</summary>
    public static WorldRun Run(Scenario scenario, FaultPalette palette, ulong seed) =>
        new SimulatedWorld().Execute(
            scenario, Nemesis.Plan(palette, scenario, new(seed)), new(seed), RunControl.None);

    /// <summary>One run under the fault that the design's story is about.</summary>
    public static WorldRun Story(Scenario scenario, ulong seed) =>
        new SimulatedWorld().Execute(scenario, scenario.StoryFaults, new(seed), RunControl.None);

    /// <summary>Fails when a run of one of the seeds breaks one of the promises, or leaves one undecided;
    /// says how to repeat it.</summary>
    public static void FindsNothing(string command, ulong seeds, FaultPalette? palette = null)
    {
        var scenario = Scenario(command);
        palette ??= FaultPalette.All;
        for (var seed = 0UL; seed < seeds; seed++)
            if (NotHeld(scenario, Run(scenario, palette, seed)) is { } verdict)
                Assert.Fail($"{verdict.Checker}: {verdict.Summary}; repeat: steelyard run {command} --faults"
                    + $" {palette} --seed {seed}");
    }

    /// <summary>Fails when none of the seeds breaks the promise of a checker, or of any.</summary>
    public static void Finds(
        string command, string? checker, ulong seeds, FaultPalette? palette = null, ulong from = 0)
    {
        var scenario = Scenario(command);
        for (var seed = from; seed < from + seeds; seed++)
            if (Broken(scenario, Run(scenario, palette ?? FaultPalette.All, seed), checker) is not null)
                return;
        Assert.Fail($"no seed of {seeds} broke {checker ?? "a promise"}: steelyard hunt {command}");
    }

    /// <summary>The same without one of its promises.</summary>
    public static Scenario Without(this Scenario scenario, string checker) => scenario with
    {
        Promises = scenario.Promises with
        {
            Expectations = [.. scenario.Promises.Expectations.Where(expected => expected.Name != checker)],
        },
    };

    /// <summary>The first verdict that is not Valid; what the world itself found counts too.</summary>
    public static Verdict? NotHeld(Scenario scenario, WorldRun run) => run.Findings
        .Concat(scenario.Promises.Expectations.Select(expected => expected.Check(run.History)))
        .OrderBy(verdict => verdict.Validity == Validity.Invalid ? 0 : 1)
        .FirstOrDefault(verdict => verdict.Validity != Validity.Valid);

    /// <summary>The first verdict that is Invalid, of one checker or of any.</summary>
    public static Verdict? Broken(Scenario scenario, WorldRun run, string? checker = null) => scenario
        .Promises.Expectations
        .Where(expected => checker is null || expected.Name == checker)
        .Select(expected => expected.Check(run.History))
        .FirstOrDefault(verdict => verdict.Validity == Validity.Invalid);
}
