using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Stores;

/// <summary>Stores among the services of an application.</summary>
internal static class StoreServices
{
    /// <summary>Adds a store under its name; the first one is also found without it.</summary>
    public static void AddStore(this IServiceCollection services, string name, string[] hosts)
    {
        services.AddKeyedSingleton<IWorldStore>(name, (host, _) =>
            new WorldStore(name, hosts, host.GetRequiredService<HostNetwork>()));
        services.TryAddSingleton(host => host.GetRequiredKeyedService<IWorldStore>(name));
    }
}
