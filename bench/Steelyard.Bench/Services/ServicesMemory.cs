using System.Globalization;
using System.Runtime.CompilerServices;
using Steelyard.Services;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Bench.Services;

/// <summary>What is in use while an hour of virtual time passes: the history grows, the world should
/// not.</summary>
internal static class ServicesMemory
{
    static readonly TimeSpan s_step = TimeSpan.FromMinutes(10);

    /// <summary>Runs the hour, and prints what is in use every ten minutes.</summary>
    public static void Print()
    {
        DateTimeOffset? begin = null;
        var next = TimeSpan.Zero;
        var requests = 0;
        var scenario = BenchShop.Of(5, "sell", 20, TimeSpan.FromHours(1) + s_step, clock =>
        {
            begin ??= clock.GetUtcNow();
            requests++;
            if (clock.GetUtcNow() - begin < next)
                return;
            Tell(next, requests);
            next += s_step;
        });
        var withHistory = InUseAfter(scenario);
        var history = (withHistory - GC.GetTotalMemory(true)) / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"the history of {requests} requests takes {history:F2} MB"));
    }

    // Not inlined: what a frame still holds is not collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static long InUseAfter(Scenario scenario)
    {
        var run = new ServicesSimulation().Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        var inUse = GC.GetTotalMemory(true);
        GC.KeepAlive(run);
        return inUse;
    }

    static void Tell(TimeSpan time, int requests) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{time.TotalMinutes,3} min {requests,7} requests {GC.GetTotalMemory(true) / 1e6,8:F2} MB"));
}
