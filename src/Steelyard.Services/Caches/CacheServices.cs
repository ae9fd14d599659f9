using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Caches;

/// <summary>Caches among the services of an application.</summary>
internal static class CacheServices
{
    /// <summary>Adds a cache under its name; the first one also takes the place of whatever the application
    /// registered without a name.</summary>
    public static void AddCache(this IServiceCollection services, string name, string[] hosts, bool isFirst)
    {
        services.AddKeyedSingleton<IDistributedCache>(
            name, (host, _) => new WorldCache(name, hosts, host.GetRequiredService<HostNetwork>()));
        if (isFirst)
            services.Replace(ServiceDescriptor.Singleton(
                host => host.GetRequiredKeyedService<IDistributedCache>(name)));
    }
}
