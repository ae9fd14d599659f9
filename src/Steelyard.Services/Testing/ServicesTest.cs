using System.Collections.Concurrent;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Testing;

/// <summary>The face for a test project: run a scenario over many seeds, in processes of its own.</summary>
public static class ServicesTest
{
    /// <summary>Runs a scenario with each seed, on all processors, and fails at the least seed that breaks a
    /// promise.</summary>
    /// <typeparam name="TScenario">The scenario.</typeparam>
    /// <param name="seeds">The seeds, both ends included, as on the command line: <c>1..200</c>.</param>
    /// <param name="isolate">True to give every seed a fresh process.</param>
    /// <exception cref="ServicesTestException">A promise was broken, or the scenario does not
    /// run.</exception>
    public static void Run<TScenario>(Range seeds, bool isolate = false)
        where TScenario : IServicesScenario
    {
        var scenario = typeof(TScenario);
        var all = new ConcurrentQueue<ulong>(
            Enumerable.Range(seeds.Start.Value, seeds.End.Value - seeds.Start.Value + 1)
                .Select(seed => (ulong)seed));
        var broken = new ConcurrentBag<WorkerAnswer>();
        var threads = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, all.Count))
            .Select(_ => new Thread(() => Work(scenario, all, broken, isolate)))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (broken.MinBy(answer => answer.Seed) is { } first)
            throw new ServicesTestException(Describe(scenario, first));
    }

    static void Work(
        Type scenario, ConcurrentQueue<ulong> seeds, ConcurrentBag<WorkerAnswer> broken, bool isolate)
    {
        WorkerProcess? worker = null;
        try
        {
            while (broken.IsEmpty && seeds.TryDequeue(out var seed))
            {
                worker ??= new(scenario.Assembly.Location);
                var answer = worker.Ask(new(scenario.Assembly.Location, scenario.FullName!, seed));
                if (answer.Mistake is not null || answer.Validity != "Valid")
                    broken.Add(answer);
                if (!isolate)
                    continue;
                worker.Dispose();
                worker = null;
            }
        }
#pragma warning disable CA1031 // Not swallowed: the caller's thread throws it as the test's failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            broken.Add(new(0, "", 0, 0, 0, [], failure.Message));
        }
        finally
        {
            worker?.Dispose();
        }
    }

    static string Describe(Type scenario, WorkerAnswer answer) => answer.Mistake is { } mistake
        ? $"{scenario.Name} does not run: {mistake}"
        : $"{scenario.Name}, seed {answer.Seed}: {string.Join("; ", answer.Told)}\n"
            + $"repeat: ServicesTest.Run<{scenario.Name}>(seeds: {answer.Seed}..{answer.Seed})";
}

/// <summary>A scenario broke a promise, or could not be run.</summary>
public sealed class ServicesTestException(string message) : Exception(message);
