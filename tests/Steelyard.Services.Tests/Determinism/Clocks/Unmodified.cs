using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Tests.Determinism.Runtime;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Determinism.Clocks;

/// <summary>Answers with everything that .NET has for time and chance, called as anybody calls it.</summary>
public sealed class EverySource : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", Answer),
        register: builder => builder.Services.AddHostedService<Ticking>());

    static async Task<string> Answer()
    {
        var watch = Stopwatch.StartNew();
        var (ticks, utc) = (Environment.TickCount64, DateTime.UtcNow);
        await Task.Delay(20);
        using var limit = new CancellationTokenSource(30);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // As it is to be.
        }

        var fired = new TaskCompletionSource();
        await using (new Timer(_ => fired.TrySetResult(), null, 50, Timeout.Infinite))
            await fired.Task;
        var orders = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(
            Enumerable.Range(0, 50).Select(number => KeyValuePair.Create($"key-{number}", number)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"waited {watch.ElapsedMilliseconds} {Environment.TickCount64 - ticks} "
                + $"{(DateTime.UtcNow - utc).TotalMilliseconds}, at {utc:O} {DateTime.Now:O} "
                + $"({Ticking.Ticks}) {Guid.NewGuid()} {Random.Shared.Next()} {new Random().Next()} "
                + $"{RandomNumberGenerator.GetInt32(int.MaxValue)} {Activity.Current?.TraceId} "
                + $"{"steelyard".GetHashCode(StringComparison.Ordinal)} "
                + $"{string.Join(' ', orders.Keys.Take(5))}");
    }

    sealed class Ticking : BackgroundService
    {
        public static int Ticks { get; private set; }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Ticks = 0;
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                Ticks++;
        }
    }
}

/// <summary>Keeps what it loads in a memory cache for a second.</summary>
public sealed class CachedSecond : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            var loads = 0;
            application.MapGet("/", (IMemoryCache cache) => cache.GetOrCreate("page", entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(1);
                return $"load {++loads}";
            }));
        },
        register: builder => builder.Services.AddMemoryCache());
}

/// <summary>Lets two requests in every half a second, by a limiter of .NET's own.</summary>
public sealed class LimitedWindow : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            application.UseRateLimiter();
            application.MapGet("/", () => "yes").RequireRateLimiting("window");
        },
        register: builder => builder.Services.AddRateLimiter(limits => limits.AddFixedWindowLimiter(
            "window",
            window => (window.PermitLimit, window.Window) = (2, TimeSpan.FromMilliseconds(500)))));
}

/// <summary>Gives every request 40 ms by the middleware of ASP.NET Core, and takes a second.</summary>
public sealed class TimedOut : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            application.UseRequestTimeouts();
            application.MapGet("/", async (Microsoft.AspNetCore.Http.HttpContext http) =>
            {
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), http.RequestAborted);
                    return "in time";
                }
                catch (OperationCanceledException)
                {
                    return "out of time";
                }
            }).WithRequestTimeout(TimeSpan.FromMilliseconds(40));
        },
        register: builder => builder.Services.AddRequestTimeouts());
}

/// <summary>Keeps a page for a second in the output cache.</summary>
public sealed class CachedOutput : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            var pages = 0;
            application.UseOutputCache();
            application.MapGet("/", () => $"page {++pages}")
                .CacheOutput(policy => policy.Expire(TimeSpan.FromSeconds(1)));
        },
        register: builder => builder.Services.AddOutputCache());
}

/// <summary>Tells what time it is; after a second, one host's clock jumps ten minutes ahead, and the other
/// host is killed while it waits.</summary>
public sealed class JumpedNow : IServicesScenario
{
    public static void Build(ServicesWorld world)
    {
        Stalls.Build(world, application =>
        {
            var ticks = 0;
            // A life counts its own ticks only: those of the one before are dead.
            _ = new Timer(_ => ticks++, null, 100, 100);
            application.MapGet("/", () =>
            {
                // Nobody holds the timer: when it stopped would be for the collector to say.
                GC.Collect();
                return $"{DateTime.UtcNow:mm} {ticks}";
            });
        });
        world.AddFaults(
        [
            new ClockJumpFault
            {
                At = TimeSpan.FromSeconds(1), By = TimeSpan.FromMinutes(10), Nodes = [Stalls.Hosts[0]],
            },
            new CrashFault
            {
                At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(0.1), Nodes = [Stalls.Hosts[1]],
            },
        ]);
    }
}
