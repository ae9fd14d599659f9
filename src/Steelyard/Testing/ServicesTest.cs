using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Services.Scenarios;
using Steelyard.Specs;

namespace Steelyard.Testing;

/// <summary>The face for a test project: a hunt over many seeds of a scenario, in processes of its
/// own.</summary>
public static class ServicesTest
{
    /// <summary>Runs a scenario with each seed, on all processors, and fails unless every promise held with
    /// every seed. A seed that is undecided fails as well: nothing was tested, say. What fails is run again
    /// in a fresh process first, and where that gives another run, the message says so.</summary>
    /// <typeparam name="TScenario">The scenario.</typeparam>
    /// <param name="seeds">The seeds, both ends included, as on the command line: <c>1..200</c>.</param>
    /// <param name="isolate">True to give every seed a fresh process.</param>
    /// <exception cref="ServicesTestException">A promise was broken or is undecided, or the scenario does not
    /// run; the message says how to see it again.</exception>
    public static void Run<TScenario>(Range seeds, bool isolate = false)
        where TScenario : IServicesScenario
    {
        var name = typeof(TScenario).Name;
        try
        {
            var tested = TestedScenario.Of(typeof(TScenario));
            var asked = new HuntRequest(
                () => isolate ? tested.CreateWorld(seedsPerProcess: 1) : tested.CreateSharedWorld(),
                tested.Request,
                SeedsOf(seeds));
            if (FirstOf(Hunt.Execute(asked)) is { } first)
                throw new ServicesTestException(Describe(
                    name, first, tested.Request,
                    SecondRun.Told(tested, first) + LaterSeeds.Told(asked, first)));
        }
        catch (UserMistakeException mistake)
        {
            throw new ServicesTestException($"{name} does not run: {mistake.Message}");
        }
    }

    static SeedRange SeedsOf(Range seeds) => seeds is { Start.IsFromEnd: false, End.IsFromEnd: false }
        ? new((ulong)seeds.Start.Value, (ulong)seeds.End.Value)
        : throw new UserMistakeException($"expected seeds such as 1..200, found {seeds}");

    // What is broken says more than what could not be decided.
    static HuntedSeed? FirstOf(HuntResult hunt) =>
        hunt.FirstInvalid ?? hunt.FirstFailed ?? hunt.FirstUndecided;

    static string Describe(string name, HuntedSeed found, RunRequest request, string again)
    {
        var seed = found.Seed.Value;
        var place = found.Failure is DesignFailedException { Place: { } line } ? $"\n  {line}" : "";
        var besides = found.Besides is { } more ? $"; {more}" : "";
        return $"{name}, seed {seed}: {(found.Checker is { } checker ? $"{checker}: " : "")}{found.Summary}"
            + besides + place + again
            + $"\nrepeat: ServicesTest.Run<{name}>(seeds: {seed}..{seed})"
            + $"\nby hand: {RunCommand.Of(request.With(found.Seed).Spec)}";
    }
}

/// <summary>A scenario broke a promise, left one undecided, or could not be run.</summary>
/// <param name="message">What was found, and how to see it again.</param>
public sealed class ServicesTestException(string message) : Exception(message);
