using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Tests.Determinism.Runtime;

namespace Steelyard.Services.Tests.Determinism.Clocks;

/// <summary>Tries four times by Polly, with a backoff that doubles from 100 ms and is jittered.</summary>
public sealed class JitteredBackoff : IServicesScenario
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static void Build(ServicesWorld world) =>
        Stalls.Build(world, application => application.MapGet("/", Answer), s_patience);

    static async Task<string> Answer()
    {
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        }).Build();
        var watch = Stopwatch.StartNew();
        var tried = new List<long>();
        return await pipeline.ExecuteAsync(async _ =>
        {
            await Task.Yield();
            tried.Add(watch.ElapsedMilliseconds);
            return tried.Count == 4
                ? string.Join(' ', tried)
                : throw new InvalidOperationException("not yet");
        });
    }
}

/// <summary>Asks the other host by the standard resilience handler; that one refuses at first, and does not
/// answer at all the second time.</summary>
public sealed class ResilientClient : IServicesScenario
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            var asked = 0;
            application.MapGet("/", async (IHttpClientFactory clients, HttpRequest request) =>
            {
                var watch = Stopwatch.StartNew();
                var other = request.Headers[Stalls.Other];
                var said = await clients.CreateClient("other").GetStringAsync($"http://{other}/inner");
                return $"{said} after {watch.ElapsedMilliseconds}";
            });
            application.MapGet("/inner", async (HttpContext http) =>
            {
                var turn = ++asked;
                if (turn == 2)
                    await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                return turn == 1 ? Results.StatusCode(503) : Results.Text("yes");
            });
        },
        s_patience,
        builder => builder.Services.AddHttpClient("other").AddStandardResilienceHandler());
}

/// <summary>Keeps what it loads in a hybrid cache for a second.</summary>
public sealed class HybridSecond : IServicesScenario
{
    static readonly HybridCacheEntryOptions s_second = new()
    {
        Expiration = TimeSpan.FromSeconds(1),
        LocalCacheExpiration = TimeSpan.FromSeconds(1),
    };

    public static void Build(ServicesWorld world) => Stalls.Build(
        world,
        application =>
        {
            var loads = 0;
            application.MapGet("/", async (HybridCache cache) => await cache.GetOrCreateAsync(
                "page", _ => ValueTask.FromResult($"load {++loads}"), s_second));
        },
        register: builder => builder.Services.AddHybridCache());
}
