using System.Net;
using System.Net.Http.Json;

namespace Steelyard.Services.Designs.Payments.Variants.Caches;

/// <summary>Asks whichever cache host says that it is the primary.</summary>
internal sealed class CacheClient(IHttpClientFactory clients)
{
    int _primary;

    /// <summary>Writes an entry unless its key is taken.</summary>
    /// <returns>The entry that took it before; null when it was free.</returns>
    /// <exception cref="HttpRequestException">Neither host takes writes.</exception>
    public async Task<KeyCacheEntry?> SetIfFree(KeyCacheEntry entry, CancellationToken cancellation)
    {
        using var answer = await Ask("set-if-free", entry, cancellation).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.NoContent
            ? null
            : await answer.Content.ReadFromJsonAsync<KeyCacheEntry>(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes an entry.</summary>
    /// <exception cref="HttpRequestException">Neither host takes writes.</exception>
    public async Task Set(KeyCacheEntry entry, CancellationToken cancellation)
    {
        using var _ = await Ask("set", entry, cancellation).ConfigureAwait(false);
    }

    async Task<HttpResponseMessage> Ask(string what, KeyCacheEntry entry, CancellationToken cancellation)
    {
        foreach (var _ in CacheApi.Hosts)
        {
            try
            {
                var address = $"http://{CacheApi.Hosts[_primary]}/{what}";
                var answer = await clients.CreateClient("cache")
                    .PostAsJsonAsync(address, entry, cancellation).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                    return answer;
                answer.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException
                && !cancellation.IsCancellationRequested)
            {
                // The other one may have taken over.
            }

            _primary = 1 - _primary;
        }

        throw new HttpRequestException("no cache host takes writes");
    }
}
