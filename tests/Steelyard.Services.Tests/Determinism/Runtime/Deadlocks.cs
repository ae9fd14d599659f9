using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Each host keeps a gate while it asks the other one, which must pass its own gate to answer; and
/// nobody has a time limit.</summary>
public class GatedStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, isGatedInside: true);

    protected static void Build(
        ServicesWorld world, bool isGatedInside, Action<IServiceCollection>? register = null) => Stalls.Build(
        world,
        application =>
        {
            var gate = new SemaphoreSlim(1);
            application.MapGet("/", async (
                IHttpClientFactory clients, TimeProvider time, HttpRequest request) =>
            {
                await gate.WaitAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(50), time);
                var other = request.Headers[Stalls.Other];
                await clients.CreateClient("other").GetStringAsync($"http://{other}/inner?of=1");
                gate.Release();
            });
            application.MapGet("/inner", async (TimeProvider time) =>
            {
                if (isGatedInside)
                    await gate.WaitAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(5), time);
                if (isGatedInside)
                    gate.Release();
            });
        },
        Timeout.InfiniteTimeSpan,
        builder =>
        {
            builder.Services.AddHttpClient("other", client => client.Timeout = Timeout.InfiniteTimeSpan);
            register?.Invoke(builder.Services);
        });
}

/// <summary>Its twin asks for no gate inside.</summary>
public sealed class UngatedStall : GatedStall, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, isGatedInside: false);
}

/// <summary>The same as the first, but something ticks: the world is not closed, though nobody is
/// answered.</summary>
public sealed class TickingGatedStall : GatedStall, IServicesScenario
{
    public static new void Build(ServicesWorld world) =>
        Build(world, isGatedInside: true, services => services.AddHostedService<Ticking>());

    sealed class Ticking(TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
            while (await ticks.WaitForNextTickAsync(stoppingToken))
                await Task.Yield();
        }
    }
}

/// <summary>Has a service whose start never ends.</summary>
public sealed class UnstartedStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => "yes"),
        register: builder => builder.Services.AddHostedService<Endless>());

    sealed class Endless : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
