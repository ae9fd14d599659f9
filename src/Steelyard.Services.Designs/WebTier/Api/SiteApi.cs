using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Services.Designs.WebTier.Variants;

namespace Steelyard.Services.Designs.WebTier.Api;

/// <summary>A host of the site: pages that show what the visitor's session holds.</summary>
internal static class SiteApi
{
    /// <summary>The cookie with the session's name.</summary>
    public const string Cookie = "session";

    static readonly TimeSpan Rendering = TimeSpan.FromMilliseconds(40);
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes one.</summary>
    public static WebApplication Create(string[] args, WebTierVariant variant, int version)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services
            .AddSingleton(services => new Readiness(
                services.GetRequiredService<TimeProvider>(), variant.Drains))
            .AddHostedService(services => services.GetRequiredService<Readiness>())
            .Configure<HostOptions>(options =>
                options.ShutdownTimeout = variant.Drains ? ShutdownTimeout : TimeSpan.Zero);
        if (variant.KeepsSessionsInMemory)
            builder.Services.AddSingleton<ISessions, SessionsInMemory>();
        else
            builder.Services.AddSingleton<ISessions, SharedSessions>();
        var application = builder.Build();
        application.MapGet("/health", (Readiness readiness) => readiness.IsReady
            ? Results.Text("ready")
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        application.MapGet("/page", (HttpContext http, ISessions sessions, TimeProvider time) =>
            Guarded(http, time, version, async session =>
                await sessions.Read(session, http.RequestAborted).ConfigureAwait(false) is { } value
                    ? Results.Text(value.ToString(CultureInfo.InvariantCulture))
                    : Results.Text("")));
        application.MapPost("/page", (HttpContext http, long value, ISessions sessions, TimeProvider time) =>
            Guarded(http, time, version, async session =>
            {
                await sessions.Write(session, value, http.RequestAborted).ConfigureAwait(false);
                return Results.NoContent();
            }));
        return application;
    }

    static async Task<IResult> Guarded(
        HttpContext http, TimeProvider time, int version, Func<string, Task<IResult>> answer)
    {
        http.Response.Headers["Site-Version"] = version.ToString(CultureInfo.InvariantCulture);
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } session)
            return Results.BadRequest($"expected the cookie \"{Cookie}\", found none");
        try
        {
            await Task.Delay(Rendering, time, http.RequestAborted).ConfigureAwait(false);
            return await answer(session).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            return Results.Problem(failure.Message, statusCode: StatusCodes.Status500InternalServerError);
        }
    }
}
