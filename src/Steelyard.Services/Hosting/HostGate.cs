namespace Steelyard.Services.Hosting;

/// <summary>Another host that client libraries reach by a real socket.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">The port there.</param>
/// <param name="Socket">The name of the socket's file.</param>
/// <param name="ConnectionName">The name of its connection string.</param>
/// <param name="ConnectionString">Its connection string, by the folder of the socket.</param>
internal sealed record HostGate(
    string Host, int Port, string Socket, string ConnectionName, Func<string, string> ConnectionString);
