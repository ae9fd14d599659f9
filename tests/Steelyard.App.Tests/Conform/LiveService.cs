using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Steelyard.App.Tests.Conform;

/// <summary>A small service on a real port: it keeps keys in memory, or forgets them.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    readonly WebApplication _application;

    LiveService(WebApplication application) => _application = application;

    public string Address => _application.Urls.First();

    public static async Task<LiveService> Start(bool remembersKeys)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var (keys, effects) = (new Dictionary<string, (string Body, string Answer)>(), new List<string>());
        application.MapGet("/ledger", () =>
        {
            lock (effects)
                return effects.ToArray();
        });
        application.MapPost("/payments", async (HttpContext http) =>
        {
            var key = (string?)http.Request.Headers["Idempotency-Key"];
            if (key is not ['"', .., '"'] || key.Length > 257)
                return Results.Problem("expected a key in quotes", statusCode: 400);
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (body.Length < 3)
                return Results.Problem("expected a payment", statusCode: 400);
            lock (effects)
            {
                if (remembersKeys && keys.TryGetValue(key, out var known))
                    return known.Body == body ? Results.Text(known.Answer) : Results.StatusCode(422);
                using var payment = JsonDocument.Parse(body);
                effects.Add(payment.RootElement.GetProperty("reference").GetString()!);
                keys[key] = (body, $"payment {effects.Count}");
                return Results.Text(keys[key].Answer);
            }
        });
        await application.StartAsync();
        return new(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
