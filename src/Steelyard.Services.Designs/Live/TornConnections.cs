using System.Net.Sockets;

namespace Steelyard.Services.Designs.Live;

/// <summary>Says of a connection that was torn as it was made what is said of any other. HttpClient looks at
/// its far end for its measures, outside of what turns errors of sockets into its own.</summary>
internal sealed class TornConnections : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException torn)
        {
            throw new HttpRequestException(torn.Message, torn);
        }
    }
}
