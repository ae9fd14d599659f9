using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Waits for an answer of its own by its result.</summary>
public sealed class ResultStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", (TimeProvider time) => Answer(time)));

    // Kept as it is written: optimized code has neither this method nor the call of Result.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    static string Answer(TimeProvider time) => Think(time).Result;

    static async Task<string> Think(TimeProvider time)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        return "yes";
    }
}

/// <summary>Its twin awaits.</summary>
public sealed class AwaitingStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", async (TimeProvider time) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
            return "yes";
        }));
}

/// <summary>Sleeps.</summary>
public sealed class SleepingStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => Thread.Sleep(TimeSpan.FromMinutes(5))));
}

/// <summary>Holds a semaphore while it awaits, and waits for it with its thread.</summary>
public sealed class SemaphoreStall : IServicesScenario
{
    public static void Build(ServicesWorld world)
    {
        var gate = new SemaphoreSlim(1);
        Stalls.Build(world, application => application.MapGet("/", async (TimeProvider time) =>
        {
            gate.Wait();
            await Task.Delay(TimeSpan.FromMilliseconds(200), time);
            gate.Release();
        }));
    }
}

/// <summary>Computes for ever.</summary>
public sealed class ComputingStall : IServicesScenario
{
    static long s_number = 1;

    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => Search()));

    static long Search()
    {
        while (s_number != 0)
            s_number += 2;
        return s_number;
    }
}

/// <summary>Yields for ever.</summary>
public sealed class YieldingStall : IServicesScenario
{
    static readonly bool s_isThere = DateTime.UtcNow.Year < 2000;

    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", async () =>
        {
            while (!s_isThere)
                await Task.Yield();
        }));
}
