using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>What may happen to an engine in a set-up: the one answer for all that is run on it. What cannot
/// be done of that on this machine, its deployment refuses with the reason.</summary>
internal static class EngineFaults
{
    /// <summary>A scenario with what may happen to the engine it is deployed as.</summary>
    /// <param name="scenario">It; its deployment is live.</param>
    public static Scenario In(Scenario scenario)
    {
        var deployment = (LiveDeployment)scenario.Deployment;
        var (engine, setup) = (deployment.Engine, deployment.Setup);
        return scenario with
        {
            OwnFaults = [.. OwnOf(engine, setup)],
            Cluster = scenario.Cluster with
            {
                Nodes = [.. scenario.Cluster.Nodes.Select(
                    node => node with { Abilities = AbilitiesOf(engine) })],
            },
            Promises = scenario.Promises with { Tolerance = ToleranceOf(engine, setup) },
        };
    }

    static IEnumerable<FaultKind> OwnOf(Engine engine, EngineSetup setup)
    {
        if (setup.Source.IsElsewhere)
            yield break;
        yield return RollingRestartFault.Defined;
        if (setup.Standbys.Count > 0)
            yield return FailoverFault.Defined;
        if (setup.HasLinks)
        {
            yield return ResetFault.Defined;
            yield return HalfOpenFault.Defined;
        }

        if (!engine.KeepsOnDisk)
            yield break;
        yield return PowerCutFault.Defined;
        yield return SyncErrorFault.Defined;
    }

    static NodeAbilities AbilitiesOf(Engine engine) => NodeAbilities.Drain | NodeAbilities.Membership
        | (engine.KeepsOnDisk ? NodeAbilities.DiskFull | NodeAbilities.DiskSlow : NodeAbilities.None);

    static FaultTolerance ToleranceOf(Engine engine, EngineSetup setup)
    {
        var isOurs = !setup.Source.IsElsewhere;
        // Nobody here is asked by the time of day: what a clock says changes no promise.
        var hasClocks = engine.WhyNoClock is null && isOurs;
        return new()
        {
            NodesDown = setup.Spare, Amnesia = true, Drains = isOurs, Pauses = isOurs,
            Network = setup.HasLinks || !isOurs,
            DiskPressure = engine.KeepsOnDisk && isOurs,
            ClockSkew = hasClocks ? null : TimeSpan.Zero,
            ClockDriftPpm = hasClocks ? null : 0,
        };
    }
}
