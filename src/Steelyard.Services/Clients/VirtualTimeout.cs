using Steelyard.Services.Determinism.Runtime;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Clients;

/// <summary>
/// <see cref="HttpClient.Timeout"/> in virtual time. HttpClient itself counts it by the machine's clock and
/// knows no other, so the limit is taken from it and kept by the outermost handler.
/// </summary>
internal sealed class VirtualTimeout(INodeWorld world, TimeProvider clock)
{
    TimeSpan _limit = TimeSpan.FromSeconds(100);

    /// <summary>Takes the limit that was set on a client.</summary>
    public void TakeFrom(HttpClient client)
    {
        _limit = client.Timeout;
        client.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>Keeps it.</summary>
    public DelegatingHandler Handler() => new Limited(this, world, clock);

    sealed class Limited(VirtualTimeout owner, INodeWorld world, TimeProvider clock) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var context = CallContext.Ask(world, world.Name, request);
            return await SendInTime(request, cancellationToken).ConfigureAwait(false);
        }

        async Task<HttpResponseMessage> SendInTime(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (owner._limit == Timeout.InfiniteTimeSpan)
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(owner._limit, clock);
            using var either =
                CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                var response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
                await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
                return response;
            }
            catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested)
            {
                // As HttpClient says it.
                throw new TaskCanceledException(
                    $"The request was canceled due to the configured HttpClient.Timeout of"
                    + $" {owner._limit.TotalSeconds} seconds elapsing.",
                    new TimeoutException("A task was canceled.", cancelled), cancellationToken);
            }
        }
    }
}
