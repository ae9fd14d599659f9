using System.Net.Http.Json;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Worlds.Contracts;

namespace Payments.Tests;

/// <summary>Turns an operation into requests: to one host and then to the other, until one answers.</summary>
public sealed class RetryingClient(IClientWorld world, IReadOnlyList<string> hosts)
    : HttpServiceClient(world, hosts)
{
    const int MostAttempts = 10;
    static readonly string[] s_hosts = ["payments-1", "payments-2"];
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public override async ValueTask<Completion> Invoke(Invocation invocation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var host = s_hosts[(World.Process + attempt) % s_hosts.Length];
            using var limit = After(s_patience);
            try
            {
                return invocation.Function == "pay"
                    ? await Pay(host, invocation.Input, limit.Token)
                    : await ReadLedger(host, limit.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                await World.Delay(s_pause);
            }
        }

        // Nobody answered: it may have been charged, or not. That is what Info says.
        return Completion.Info("no answer");
    }

    async Task<Completion> Pay(string host, Value payment, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}/payments");
        request.Headers.Add("Idempotency-Key", payment["id"].AsText);
        request.Content = JsonContent.Create(
            new Payment(payment["id"].AsText, (int)payment["cents"].AsInteger));
        using var answer = await Http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> ReadLedger(string host, CancellationToken cancellation)
    {
        var references = await Http.GetFromJsonAsync<List<string>>($"http://{host}/payments", cancellation);
        return Completion.Ok(
            Value.Map(("applied", Value.List([.. references!.Select(reference => (Value)reference)]))));
    }
}
