using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Steelyard.Services.Designs.Parts;

/// <summary>What a service does while its database or a neighbour is away.</summary>
internal static class Unavailable
{
    /// <summary>Answers 503 where a database or another service failed: nobody knows what was done, and the
    /// client is to ask again.</summary>
    public static void AnswersUnavailable(this WebApplication application) =>
        application.Use(static async (http, next) =>
        {
            try
            {
                await next(http).ConfigureAwait(false);
            }
            catch (Exception failure) when (IsAway(failure))
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        });

    /// <summary>Whether somebody else did not answer.</summary>
    public static bool IsAway(Exception failure) =>
        failure is DbException or HttpRequestException or OperationCanceledException;

    /// <summary>Adds a client that waits no longer for a connection than for an answer. One that waits for
    /// ever begins no other connection meanwhile: where its first word was lost in a cut, requests wait for
    /// that word's repeat, whose pauses double, long after the cut is over.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="patience">How long it waits.</param>
    public static IHttpClientBuilder AddNeighbour(
        this IServiceCollection services, string name, TimeSpan patience) => services
        .AddHttpClient(name, client => client.Timeout = patience)
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectTimeout = patience });
}
