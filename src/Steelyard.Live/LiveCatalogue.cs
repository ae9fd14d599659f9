using Steelyard.Live.Engines.Dns;
using Steelyard.Live.Engines.Etcd;
using Steelyard.Live.Engines.Galera;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Engines.MariaDb;
using Steelyard.Live.Engines.Memcached;
using Steelyard.Live.Engines.Nats;
using Steelyard.Live.Engines.Postgres;
using Steelyard.Live.Engines.RabbitMq;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Engines.Sqlite;
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
        new LiveDesign(new PostgresEngine()),
        new LiveDesign(new MariaDbEngine()),
        new LiveDesign(new GaleraEngine()),
        new LiveDesign(new ZooKeeperEngine()),
        new LiveDesign(new RabbitEngine()),
        new LiveDesign(new NatsEngine()),
        new LiveDesign(new GarnetEngine()),
        new LiveDesign(new MemcachedEngine()),
        new LiveDesign(new DnsEngine()),
        new LiveDesign(new SqliteEngine()),
    ];
}
