using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.WebTier.Api;

/// <summary>
/// A reverse proxy before the hosts of a site. A request that failed is sent to another host if it is
/// idempotent by its method (RFC 9110, section 9.2.2); one that is not might have been done.
/// </summary>
internal static class BalancerApi
{
    static readonly TimeSpan HealthPatience = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    /// <summary>Makes it.</summary>
    public static WebApplication Create(string[] args, IReadOnlyList<string> hosts, bool checksHealth)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddNeighbour("health", HealthPatience);
        builder.Services.AddHttpClient("site", client => client.Timeout = Patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = Patience,
                UseCookies = false,
            });
        builder.Services
            .AddSingleton(services => ActivatorUtilities.CreateInstance<Backends>(
                services, hosts, checksHealth))
            .AddHostedService(services => services.GetRequiredService<Backends>());
        var application = builder.Build();
        application.Run(http => Forward(
            http, application.Services.GetRequiredService<Backends>(),
            application.Services.GetRequiredService<IHttpClientFactory>()));
        return application;
    }

    static async Task Forward(HttpContext http, Backends backends, IHttpClientFactory clients)
    {
        var tried = new List<string>();
        var visitor = http.Request.Cookies[SiteApi.Cookie] ?? "";
        while (backends.For(visitor, tried) is { } host)
        {
            try
            {
                using var request = RequestTo(host, http.Request);
                using var answer = await clients.CreateClient("site")
                    .SendAsync(request, http.RequestAborted).ConfigureAwait(false);
                await PassOn(answer, http).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException
                && !http.RequestAborted.IsCancellationRequested)
            {
                backends.Miss(host);
                tried.Add(host);
                if (!IsIdempotent(http.Request.Method))
                    break;
            }
        }

        http.Response.StatusCode = tried.Count > 0
            ? StatusCodes.Status502BadGateway
            : StatusCodes.Status503ServiceUnavailable;
    }

    // Pages and forms of this site carry everything in address and cookie.
    static HttpRequestMessage RequestTo(string host, HttpRequest request)
    {
        var address = $"http://{host}{request.Path}{request.QueryString}";
        var sent = new HttpRequestMessage(new(request.Method), address);
        sent.Headers.TryAddWithoutValidation("Cookie", (string?)request.Headers.Cookie);
        return sent;
    }

    static async Task PassOn(HttpResponseMessage answer, HttpContext http)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.TryGetValues("Site-Version", out var version))
            http.Response.Headers["Site-Version"] = version.First();
        if (answer.StatusCode != System.Net.HttpStatusCode.NoContent)
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted).ConfigureAwait(false);
    }

    static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method)
        || HttpMethods.IsDelete(method) || HttpMethods.IsOptions(method);
}
