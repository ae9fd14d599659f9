using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Payments.Variants.Caches;

/// <summary>A cache host as a web application.</summary>
internal static class CacheApi
{
    /// <summary>The pair, the first primary first.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["keys-1", "keys-2"];

    /// <summary>Which of the pair a host is; null where it is none of it.</summary>
    public static int? PlaceOf(string host) => host == Hosts[0] ? 0 : host == Hosts[1] ? 1 : null;

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>Makes one.</summary>
    /// <param name="args">Settings, as on a command line.</param>
    /// <param name="place">Which of the pair.</param>
    /// <param name="register">Registers what its place gives it; null is nothing.</param>
    public static WebApplication Create(
        string[] args, int place, Action<IServiceCollection>? register = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddNeighbour("cache", Patience);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<KeyCacheNode>(
            services, Hosts[1 - place], place == 0));
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyCacheNode>());
        register?.Invoke(builder.Services);
        var application = builder.Build();
        application.MapGet("/role", (KeyCacheNode cache) => cache.Role);
        application.MapGet("/entries", (KeyCacheNode cache) => cache.Entries);
        application.MapPost("/replicate", (KeyCacheNode cache, KeyCacheEntry entry) => cache.Take(entry));
        application.MapPost("/set", (KeyCacheNode cache, KeyCacheEntry entry) =>
        {
            if (!cache.Role.IsPrimary)
                return Results.StatusCode(StatusCodes.Status421MisdirectedRequest);
            cache.Set(entry);
            return Results.NoContent();
        });
        application.MapPost("/set-if-free", (KeyCacheNode cache, KeyCacheEntry entry) =>
            !cache.Role.IsPrimary ? Results.StatusCode(StatusCodes.Status421MisdirectedRequest)
            : cache.SetIfFree(entry) is { } present ? Results.Json(present)
            : Results.NoContent());
        return application;
    }
}
