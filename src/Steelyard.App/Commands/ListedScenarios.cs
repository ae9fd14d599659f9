using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard list --app</c>: the scenarios of services in a user's assembly, and what each is
/// made of.</summary>
internal static class ListedScenarios
{
    /// <summary>All of an assembly.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static IReadOnlyList<IDesign> Of(string assembly, DesignCatalogue designs) =>
        designs.ScenariosOf(assembly) is { Count: > 0 } found ? found : throw new UserMistakeException(
            $"{assembly}: expected a public class that implements IServicesScenario, found none");

    /// <summary>Tells of each.</summary>
    public static void Write(Terminal terminal, string assembly, IReadOnlyList<IDesign> scenarios)
    {
        terminal.Line("Scenarios of services; run, hunt and conform take one after --scenario");
        foreach (var one in scenarios)
        {
            terminal.Line($"  {one.Name}");
            foreach (var (what, told) in Parts(assembly, one))
                terminal.Line($"    {what,-9} {told}");
        }
    }

    // One that cannot be built is listed with the others.
    static IEnumerable<(string What, string Told)> Parts(string assembly, IDesign scenario)
    {
        try
        {
            return PartsOf(RunRequest.Of(
                scenario, new(scenario, new()), FaultChoice.Story, RunSpec.DefaultSeed, assembly).Build());
        }
        catch (Exception failure) when (failure is DesignFailedException or UserMistakeException)
        {
            return [("fails", CommandLine.OneLine(failure.Message))];
        }
    }

    static IEnumerable<(string What, string Told)> PartsOf(Scenario built)
    {
        var load = built.Load;
        yield return ("hosts", string.Join(", ", built.Cluster.Nodes.Select(node => node.Name)));
        yield return ("load", FormattableString.Invariant(
            $"{load.Clients} clients, {load.RatePerSecond:0.##} requests a second for ")
            + Durations.Format(load.Duration));
        var planned = built.StoryFaults.Faults.Select(fault => fault.Describe());
        yield return ("faults", string.Join("; ", planned.Prepend(built.StoryPalette.Name)
            .Where(word => word != FaultPalette.None.Name).DefaultIfEmpty(FaultPalette.None.Name)));
        yield return ("promises", string.Join(
            ", ", built.Promises.Expectations.Select(promise => promise.Name).DefaultIfEmpty("none")));
    }
}
