using Steelyard.Services.Networking;
using Steelyard.Services.Stores.Wire;

namespace Steelyard.Services.Stores;

/// <summary>A client's connection to one store host.</summary>
internal sealed class StoreLink : IDisposable
{
    // A host that is cut off says nothing; the connection itself would be kept for minutes.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    readonly string _host;
    readonly FrameLink _link;
    readonly TimeProvider _clock;

    StoreLink(string host, FrameLink link, TimeProvider clock)
    {
        _host = host;
        _link = link;
        _clock = clock;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<StoreLink> Open(
        HostNetwork network, string host, CancellationToken cancellation) => new(
            host,
            await FrameLink.Open(network, host, StoreNode.Port, cancellation).ConfigureAwait(false),
            network.Clock);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="StoreException">The store refused, or the connection broke.</exception>
    public async Task<StoreAnswer> Ask(StoreRequest request, CancellationToken cancellation)
    {
        var answer = await Exchange(request, cancellation).ConfigureAwait(false);
        return answer.Error == StoreError.None
            ? answer
            : throw new StoreException(answer.Error, Describe(answer.Error));
    }

    /// <summary>Asks, and waits for the answer, a refusal too.</summary>
    /// <exception cref="StoreException">The connection broke.</exception>
    public async Task<StoreAnswer> Exchange(StoreRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(s_patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return StoreWords.Answer(
                await _link.Exchange(StoreWords.Of(request), either.Token).ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new StoreException(
                request.Kind == StoreRequestKind.Commit ? StoreError.OutcomeUnknown : StoreError.Unavailable,
                failure is IOException
                    ? $"the connection to {_host} broke: {failure.Message}"
                    : $"{_host} did not answer within {s_patience.TotalSeconds:0} s",
                failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    string Describe(StoreError error) => error switch
    {
        StoreError.Conflict => "another transaction came first: run this one again",
        StoreError.Deadlock => "this transaction and others waited for each other: run it again",
        StoreError.LockTimeout => "another transaction held a lock for too long: run this one again",
        StoreError.ReadOnly => $"the transaction on {_host} only reads",
        StoreError.OutcomeUnknown => $"{_host} was the primary no more: nobody knows whether it committed",
        _ => $"{_host} is the primary no more: run the transaction again",
    };
}
