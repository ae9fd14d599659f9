using System.Net.Http.Json;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.QueueConsumer.Api;

namespace Steelyard.Services.Designs.QueueConsumer.Variants;

/// <summary>Takes one message after the other from the broker, lets it take effect, and acknowledges
/// it.</summary>
internal sealed class Consumer(
    Effects effects, IHttpClientFactory clients, TimeProvider time, QueueVariant variant) : Repeating(time)
{
    /// <summary>The name of the client that speaks to the broker.</summary>
    public const string BrokerClient = "broker";

    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        using var broker = clients.CreateClient(BrokerClient);
        using var answer = await Post(broker, "receive", cancellation).ConfigureAwait(false);
        var message = await answer.Content.ReadFromJsonAsync<Delivery>(cancellation).ConfigureAwait(false);
        if (message?.Id is not { } id)
            return false;
        if (message.Poison)
            (await Post(broker, $"messages/{id}/failure", cancellation).ConfigureAwait(false)).Dispose();
        else
            await Process(broker, id, cancellation).ConfigureAwait(false);
        return true;
    }

    async Task Process(HttpClient broker, string id, CancellationToken cancellation)
    {
        if (variant.AcknowledgesFirst)
            await Acknowledge(broker, id, cancellation).ConfigureAwait(false);
        await effects.Apply(id, cancellation).ConfigureAwait(false);
        if (!variant.AcknowledgesFirst)
            await Acknowledge(broker, id, cancellation).ConfigureAwait(false);
    }

    static async Task Acknowledge(HttpClient broker, string id, CancellationToken cancellation) =>
        (await Post(broker, $"messages/{id}/acknowledgement", cancellation).ConfigureAwait(false)).Dispose();

    static async Task<HttpResponseMessage> Post(
        HttpClient broker, string path, CancellationToken cancellation)
    {
        var address = new Uri($"http://{QueueScenario.BrokerHost}/{path}");
        var answer = await broker.PostAsync(address, null, cancellation).ConfigureAwait(false);
        return answer.EnsureSuccessStatusCode();
    }
}
