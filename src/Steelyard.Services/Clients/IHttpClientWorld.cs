using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Clients;

/// <summary>A world in which hosts are reached over HTTP without simulated messages: real processes on real
/// sockets. An <see cref="HttpServiceClient"/> in it is the same client, with another way out.</summary>
public interface IHttpClientWorld : IClientWorld
{
    /// <summary>Makes what sends requests to hosts by their names; whoever asks for it disposes of
    /// it.</summary>
    HttpMessageHandler CreateHandler();
}
