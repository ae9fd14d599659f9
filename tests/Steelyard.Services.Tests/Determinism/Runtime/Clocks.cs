using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Waits by the machine's clock.</summary>
public sealed class RealDelayStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
            return "yes";
        }));
}

/// <summary>The same, in a handler so short that it stands in no stack.</summary>
public sealed class ShortRealDelayStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => Task.Delay(5)));
}

/// <summary>Limits its work by the machine's clock.</summary>
public sealed class RealLimitStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", async (TimeProvider time) =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, limit.Token);
        }));
}

/// <summary>Has a background service that ticks by the machine's clock.</summary>
public sealed class RealTickStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => "yes"),
        register: builder => builder.Services.AddHostedService<Ticking>());

    sealed class Ticking : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                await Task.Yield();
        }
    }
}

/// <summary>Sets the time limit of a client after the factory made it.</summary>
public sealed class LateTimeoutStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application => application.MapGet("/", async (IHttpClientFactory clients, string? inner) =>
        {
            if (inner is not null)
                return "yes";
            var client = clients.CreateClient();
            client.Timeout = TimeSpan.FromSeconds(3);
            return await client.GetStringAsync($"http://{Stalls.Hosts[1]}/?inner=1");
        }),
        register: builder => builder.Services.AddHttpClient());
}

/// <summary>Its twin sets it where the client is configured, and counts all time by the services'
/// clock.</summary>
public sealed class VirtualTimeStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application => application.MapGet(
            "/", async (IHttpClientFactory clients, TimeProvider time, string? inner) =>
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
                await Task.Delay(TimeSpan.FromMilliseconds(5), time, limit.Token);
                return inner ?? await clients.CreateClient("next")
                    .GetStringAsync($"http://{Stalls.Hosts[1]}/?inner=1", limit.Token);
            }),
        register: builder =>
        {
            builder.Services.AddHttpClient("next", client => client.Timeout = TimeSpan.FromSeconds(3));
            builder.Services.AddHostedService<Ticking>();
        });

    sealed class Ticking(TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                await Task.Yield();
        }
    }
}
