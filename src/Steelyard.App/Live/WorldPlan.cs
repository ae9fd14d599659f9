using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Live;

/// <summary>Which runs put a definition side by side in its worlds.</summary>
/// <param name="Designs">Those of simulated worlds.</param>
/// <param name="Engines">Those of the live one.</param>
internal sealed record WorldPlan(IReadOnlyList<IDesign> Designs, IReadOnlyList<IDesign> Engines)
{
    /// <summary>What can be put side by side.</summary>
    public IReadOnlyList<string> Names =>
        [.. Designs.Select(design => design.Name).Where(name => LiveOf(name) is not null)];

    /// <summary>What is given to all runs.</summary>
    public required CommonOptions Common { get; init; }

    /// <summary>What breaks; what is drawn is drawn once for all that have as many nodes.</summary>
    public required FaultChoice Faults { get; init; }

    /// <summary>The seed of all.</summary>
    public required Seed Seed { get; init; }

    /// <summary>The runs of a service: in the services world, and as processes.</summary>
    /// <param name="name">Which.</param>
    /// <param name="variant">Of it; null is the default.</param>
    public IReadOnlyList<PlannedRun> OfService(string name, string? variant)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variant is not null)
            chosen.Add("variant", variant);
        var (design, live) = (Designs.First(design => design.Name == name), LiveOf(name)!);
        // As much as is usual in the services world; what is live alone is asked more.
        var simulates = design.Build(new(design, Common, chosen));
        var same = Common with
        {
            RatePerSecond = simulates.Load.RatePerSecond, Clients = simulates.Load.Clients,
        };
        var options = new DesignOptions(live, same, chosen);
        var plan = FaultChoice.Of(Faults.Name, PlanFor(live.Build(options), simulates));
        var simulated = new PlannedRun(
            "simulated", RunRequest.Of(design, new(design, same, chosen), plan, Seed));
        return [simulated, new("live", RunRequest.Of(live, options, plan, Seed)) { Twin = simulated }];
    }

    /// <summary>The runs of a design: simulated with as many nodes as an engine has, and on each
    /// engine.</summary>
    /// <param name="name">Which.</param>
    /// <param name="places">The engines' words.</param>
    /// <exception cref="UserMistakeException">One of them is unknown, or named twice.</exception>
    public IReadOnlyList<PlannedRun> OfDesign(string name, IReadOnlyList<string> places)
    {
        var live = (DesignOnEngine)LiveOf(name)!;
        if (places.GroupBy(place => place).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UserMistakeException($"--on: expected each engine once, found {twice.Key} twice");
        var groups = places
            .Select(place => (Place: place, Options: OptionsOn(live, place)))
            .GroupBy(one => live.Build(one.Options).Cluster.Nodes.Count)
            .ToList();
        return [.. groups.SelectMany(group => Group(
            live, group.Key, isAlone: groups.Count == 1, [.. group]))];
    }

    IEnumerable<PlannedRun> Group(
        DesignOnEngine live, int nodes, bool isAlone, IReadOnlyList<(string Place, DesignOptions Options)> on)
    {
        var plan = FaultChoice.Of(Faults.Name, PlanFor(
            live.Build(on[0].Options), live.Simulated(Common, nodes)));
        var twin = new SimulatedTwin(live);
        var simulated = new PlannedRun(
            isAlone ? "simulated" : nodes == 1 ? "simulated, 1" : $"simulated, {nodes}",
            RunRequest.Of(
                twin, new(twin, DesignOnEngine.Filled(Common) with { Nodes = nodes }), plan, Seed));
        yield return simulated;
        foreach (var (place, options) in on)
            yield return new(place, RunRequest.Of(live, options, plan, Seed)) { Twin = simulated };
    }

    // Nothing that a live engine alone can suffer, its real disks and clocks among it, nor what its nodes
    // alone can do: all worlds get the same.
    FaultPlan PlanFor(Scenario live, Scenario simulated)
    {
        var tolerance = live.Promises.Tolerance;
        var abilities = simulated.Cluster.Nodes.ToDictionary(
            node => node.Name, node => node.Abilities, StringComparer.Ordinal);
        return Faults.PlanFor(
            live with
            {
                OwnFaults = [],
                Cluster = live.Cluster with
                {
                    Nodes = [.. live.Cluster.Nodes.Select(
                        node => node with { Abilities = node.Abilities & abilities[node.Name] })],
                },
                Promises = live.Promises with
                {
                    Tolerance = tolerance with
                    {
                        Drains = tolerance.Drains && simulated.Promises.Tolerance.Drains,
                        DiskPressure = false, ClockSkew = TimeSpan.Zero, ClockDriftPpm = 0,
                    },
                },
            },
            Seed);
    }

    DesignOptions OptionsOn(DesignOnEngine live, string place) => new(
        live, Common, new Dictionary<string, string>(StringComparer.Ordinal) { [DesignOnEngine.On] = place });

    /// <summary>The live side of a definition; null where it has none.</summary>
    public IDesign? LiveOf(string name) => Engines.FirstOrDefault(engine => engine.Name == $"live {name}");
}
