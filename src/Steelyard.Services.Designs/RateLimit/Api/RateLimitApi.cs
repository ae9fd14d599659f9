using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Variants;

namespace Steelyard.Services.Designs.RateLimit.Api;

/// <summary>
/// <c>GET /work?tenant=t1</c>: passed on to the backend as long as the tenant keeps within its quota, or
/// answered 429 with a Retry-After (RFC 6585, section 4). Without the counts nothing passes (503), and what
/// the backend did not do in time is given up (502). <c>GET /prices</c>: the price list that the backend
/// computed and this host holds for a time.
/// </summary>
internal static class RateLimitApi
{
    const string BackendClient = "backend";

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LimiterPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>Makes the application; it asks its services for a <see cref="DbDataSource"/>.</summary>
    public static WebApplication Create(string[] args, RateLimitVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddNeighbour(BackendClient, Patience);
        builder.Services.AddSingleton(services => LimiterOf(services, variant.Counts));
        builder.Services.AddSingleton(services => HoldPrices(
            services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<TimeProvider>(),
            variant.JoinsLoads));
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapGet("/work", (string tenant, ILimiter limiter, TimeProvider time,
            IHttpClientFactory clients, HttpContext http) =>
            Answer(tenant, variant, limiter, time, clients, http));
        application.MapGet(
            "/prices", (SingleFlight<Prices> prices, CancellationToken cancellation) =>
                prices.Get(cancellation));
        return application;
    }

    static ILimiter LimiterOf(IServiceProvider services, Counting counting) => counting switch
    {
        Counting.InHost => ActivatorUtilities.CreateInstance<BucketsInHost>(services),
        Counting.FixedWindow => ActivatorUtilities.CreateInstance<FixedWindows>(services),
        _ => ActivatorUtilities.CreateInstance<SharedBuckets>(services, counting == Counting.ReadFirst),
    };

    static async Task<IResult> Answer(
        string tenant, RateLimitVariant variant, ILimiter limiter, TimeProvider time,
        IHttpClientFactory clients, HttpContext http)
    {
        var (bucket, quota) = variant.SharesBucket ? ("all", Quota.OfAll) : (tenant, Quota.OfTenant);
        using var limit = new CancellationTokenSource(LimiterPatience, time);
        if (!await limiter.Take(bucket, quota, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false))
        {
            // In whole seconds, as the header has it.
            http.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return Results.StatusCode(
            await AskBackend(clients).ConfigureAwait(false)
                ? StatusCodes.Status200OK
                : StatusCodes.Status502BadGateway);
    }

    static SingleFlight<Prices> HoldPrices(IHttpClientFactory clients, TimeProvider time, bool joins)
    {
        var since = time.GetUtcNow().Ticks;
        return new(Load, Prices.Last, time, joins);

        async Task<Prices> Load() => new(
            since, long.Parse(
                await clients.CreateClient(BackendClient)
                    .GetStringAsync($"http://{RateLimitScenario.Backend}/prices").ConfigureAwait(false),
                CultureInfo.InvariantCulture));
    }

    static async Task<bool> AskBackend(IHttpClientFactory clients)
    {
        try
        {
            using var answer = await clients.CreateClient(BackendClient)
                .GetAsync($"http://{RateLimitScenario.Backend}/work").ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (Unavailable.IsAway(failure))
        {
            return false;
        }
    }
}
