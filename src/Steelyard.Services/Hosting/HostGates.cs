using Steelyard.Services.Networking;
using Steelyard.Services.Sockets;

namespace Steelyard.Services.Hosting;

/// <summary>The gates of one life of a host. Its application finds them where it finds them in production:
/// among its connection strings.</summary>
internal sealed class HostGates(
    string name, NetworkStack stack, HostNames names, IReadOnlyList<HostGate> gates)
{
    readonly List<(string Variable, string Value)> _variables = [];

    /// <summary>Opens them.</summary>
    public void Open()
    {
        foreach (var gate in gates)
        {
            var folder = OpenSockets.FolderOf($"{name}-{gate.Host}");
            new SocketGate(stack, names.Resolve(gate.Host), gate.Port)
                .Open(Path.Combine(folder, gate.Socket));
            _variables.Add(
                ($"ConnectionStrings__{gate.ConnectionName}", gate.ConnectionString(folder)));
        }
    }

    /// <summary>Shows them to the application that is made next: each host has its own.</summary>
    public void Show()
    {
        foreach (var (variable, value) in _variables)
            Environment.SetEnvironmentVariable(variable, value);
    }
}
