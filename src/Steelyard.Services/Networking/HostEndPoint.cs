using System.Net;

namespace Steelyard.Services.Networking;

/// <summary>An address of the simulated network, for logs and features of the server.</summary>
internal sealed class HostEndPoint(string host, int port) : EndPoint
{
    /// <inheritdoc/>
    public override string ToString() => $"{host}:{port}";
}
