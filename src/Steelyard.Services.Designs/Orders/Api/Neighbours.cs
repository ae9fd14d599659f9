using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Orders.Variants;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Api;

/// <summary>The other services, as a service sees them: asked again until they answer.</summary>
internal sealed class Neighbours(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the client that speaks to other services.</summary>
    public const string Client = "services";

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Adds what speaks to them.</summary>
    public static void AddTo(IServiceCollection services) => services
        .AddSingleton<Neighbours>().AddSingleton<OrderOutbox>()
        .AddNeighbour(Client, Patience);

    /// <summary>Asks for a step, and again while nobody knows whether it was done.</summary>
    /// <returns>False where it was refused.</returns>
    /// <exception cref="OperationCanceledException">Nobody answered in time.</exception>
    public Task<bool> Put(string service, string path, CancellationToken cancellation) =>
        Ask(HttpMethod.Put, service, path, cancellation);

    /// <summary>Has a step undone, and asks again while nobody knows whether it is.</summary>
    /// <exception cref="OperationCanceledException">Nobody answered in time.</exception>
    public Task Delete(string service, string path, CancellationToken cancellation) =>
        Ask(HttpMethod.Delete, service, path, cancellation);

    async Task<bool> Ask(HttpMethod method, string service, string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await AskOnce(method, service, path, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure)
                when (Unavailable.IsAway(failure) && !cancellation.IsCancellationRequested)
            {
                // Nobody knows what was done: the same is asked again.
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }
    }

    async Task<bool> AskOnce(HttpMethod method, string service, string path, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(method, new Uri($"http://{service}/{path}"));
        using var answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<DoneAnswer>(cancellation).ConfigureAwait(false))!.Done;
    }
}
