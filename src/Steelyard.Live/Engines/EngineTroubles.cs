using System.Data.Common;
using System.Net.Sockets;
using Grpc.Core;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;
using Steelyard.Live.Engines.Memcached;
using Steelyard.Live.Engines.Nats;
using Steelyard.Live.Engines.ZooKeeper;

namespace Steelyard.Live.Engines;

/// <summary>What an engine or the way to it can throw at us, that is no bug of ours.</summary>
internal static class EngineTroubles
{
    /// <summary>Whether it is one of these.</summary>
    public static bool Is(Exception failure) => failure is DbException or IOException or SocketException
        or TimeoutException or OperationCanceledException or RpcException or RedisException
        or RabbitMQClientException or JetStreamException or ZooKeeperRefusal or MemcachedRefusalException;

    /// <summary>What it says, in a line.</summary>
    public static string Words(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => "no answer in time",
        RpcException { Status.DebugException: { } behind } => behind.Message,
        RpcException told => told.Status.Detail,
        { InnerException: { } inner } when failure.GetType() == typeof(AggregateException)
            || failure is BrokerUnreachableException => Words(inner),
        _ => failure.Message,
    };
}
