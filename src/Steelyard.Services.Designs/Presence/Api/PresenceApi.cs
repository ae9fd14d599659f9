using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Presence.Variants;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>A presence host: users connect to it by WebSockets
/// or long polling, and anybody may ask who is online.</summary>
internal static class PresenceApi
{
    /// <summary>Makes the application; it asks its services for a
    /// <see cref="System.Data.Common.DbDataSource"/>.</summary>
    public static WebApplication Create(string[] args, PresenceVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant).AddSingleton<Registry>().AddSingleton<LiveConnections>()
            .AddSingleton<Admission>().AddSingleton<SocketEndpoint>().AddSingleton<PollEndpoints>()
            .AddSingleton<Feed>().AddHostedService(services => services.GetRequiredService<Feed>())
            .AddHostedService<LeaseKeeper>().AddHostedService<Sweeper>();
        if (variant.HasHeartbeat)
            builder.Services.AddHostedService<HeartbeatKeeper>();
        var application = builder.Build();
        application.AnswersUnavailable();
        application.UseWebSockets();
        MapSockets(application);
        MapPolls(application);
        application.MapGet("/online", (Registry registry) => registry.Online());
        return application;
    }

    static void MapSockets(WebApplication application) => application.MapGet(
        "/socket",
        (long connection, int user, int users, long since, HttpContext http, SocketEndpoint sockets) =>
            sockets.Serve(http, connection, user, users, since));

    static void MapPolls(WebApplication application)
    {
        application.MapPost(
            "/polls/{connection}",
            (long connection, int user, int users, long since, HttpContext http, PollEndpoints polls) =>
                polls.Open(http, connection, user, users, since));
        application.MapGet(
            "/polls/{connection}",
            (long connection, long since, PollEndpoints polls) => polls.Poll(connection, since));
        application.MapDelete(
            "/polls/{connection}", (long connection, PollEndpoints polls) => polls.Close(connection));
    }
}
