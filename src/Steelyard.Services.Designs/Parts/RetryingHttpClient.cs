using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// A client that sends the same request again, to one server after the other, until it is answered, though
/// not for ever.
/// </summary>
internal abstract class RetryingHttpClient(
    IClientWorld world, IReadOnlyList<string> hosts, IReadOnlyList<string> servers)
    : HttpServiceClient(world, hosts)
{
    /// <summary>Why an operation ended that nobody answered.</summary>
    protected const string NoAnswer = "no answer";

    const int MostAttempts = 16;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(640);

    /// <summary>Whom it may ask.</summary>
    protected IReadOnlyList<string> Servers { get; } = servers;

    /// <inheritdoc/>
    public override async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var pause = FirstPause;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                using var limit = After(Patience);
                if (await Ask(ServerFor(invocation, attempt), invocation, limit.Token) is { } done)
                    return done;
            }
            catch (Exception failure)
                when (failure is OperationCanceledException or HttpRequestException or IOException)
            {
                // Nobody knows what was done: the same is asked again.
            }

            await World.Delay(pause);
            pause = pause < LongestPause ? pause * 2 : LongestPause;
        }

        return GiveUp(invocation);
    }

    /// <summary>Whom to ask at this attempt, counted from 0.</summary>
    protected virtual string ServerFor(Invocation invocation, int attempt) =>
        Servers[(World.Process + attempt) % Servers.Count];

    /// <summary>Asks once.</summary>
    /// <returns>Null: ask again.</returns>
    protected abstract Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation);

    /// <summary>What to say of an operation that nobody answered, however often it was asked for.</summary>
    protected virtual Completion GiveUp(Invocation invocation) => Completion.Info(NoAnswer);

    /// <summary>Sends a request without a body, and reads the JSON that comes back.</summary>
    /// <param name="method">How.</param>
    /// <param name="address">Where to: the host, and what of it.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Null where the server failed.</returns>
    protected async Task<T?> Send<T>(HttpMethod method, string address, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(method, $"http://{address}");
        using var answer = await Http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(
                await answer.Content.ReadAsStringAsync(cancellation), JsonSerializerOptions.Web)
            : null;
    }

    /// <summary>Sends a request that is answered by whether it was done.</summary>
    protected async Task<Completion?> Do(
        HttpMethod method, string address, CancellationToken cancellation) =>
        await Send<DoneAnswer>(method, address, cancellation) is { } answer
            ? Completion.Ok(Value.Of(answer.Done))
            : null;

    /// <summary>Gets JSON, and says what it is.</summary>
    protected async Task<Completion?> Get<T>(
        string address, Func<T, Value> read, CancellationToken cancellation)
        where T : class =>
        await Send<T>(HttpMethod.Get, address, cancellation) is { } found ? Completion.Ok(read(found)) : null;

    /// <summary>Texts as a value.</summary>
    protected static Value ListOf(IEnumerable<string> texts) =>
        Value.List([.. texts.Select(text => (Value)text)]);
}
