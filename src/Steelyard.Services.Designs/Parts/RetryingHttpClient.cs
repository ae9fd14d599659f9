using System.Text.Json;
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

    /// <summary>Posts, and reads the JSON that comes back.</summary>
    /// <returns>Null where the server failed.</returns>
    protected async Task<T?> Post<T>(string address, CancellationToken cancellation)
        where T : class
    {
        using var answer = await Http.PostAsync(address, null, cancellation);
        return await Read<T>(answer, cancellation);
    }

    /// <summary>Puts, and reads the JSON that comes back.</summary>
    /// <returns>Null where the server failed.</returns>
    protected async Task<T?> Put<T>(string address, CancellationToken cancellation)
        where T : class
    {
        using var answer = await Http.PutAsync(address, null, cancellation);
        return await Read<T>(answer, cancellation);
    }

    /// <summary>Deletes, and reads the JSON that comes back.</summary>
    /// <returns>Null where the server failed.</returns>
    protected async Task<T?> Delete<T>(string address, CancellationToken cancellation)
        where T : class
    {
        using var answer = await Http.DeleteAsync(address, cancellation);
        return await Read<T>(answer, cancellation);
    }

    /// <summary>Gets JSON.</summary>
    /// <returns>Null where the server failed.</returns>
    protected async Task<T?> Get<T>(string address, CancellationToken cancellation)
        where T : class
    {
        using var answer = await Http.GetAsync(address, cancellation);
        return await Read<T>(answer, cancellation);
    }

    static async Task<T?> Read<T>(HttpResponseMessage answer, CancellationToken cancellation)
        where T : class => answer.IsSuccessStatusCode
        ? JsonSerializer.Deserialize<T>(
            await answer.Content.ReadAsStringAsync(cancellation), JsonSerializerOptions.Web)
        : null;
}
