using Steelyard.Live.Engines.Etcd;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Engines.ZooKeeper;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live;

/// <summary>The engines that can be run: one row each.</summary>
public static class LiveCatalogue
{
    /// <summary>Each as a design, in the order in which they are listed.</summary>
    public static IReadOnlyList<IDesign> All { get; } =
    [
        new LiveDesign(new EtcdEngine()),
        new LiveDesign(new RedisEngine()),
        new LiveDesign(new ZooKeeperEngine()),
    ];
}
