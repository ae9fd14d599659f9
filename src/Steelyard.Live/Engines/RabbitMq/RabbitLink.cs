using System.Globalization;
using System.Net;
using System.Text;
using RabbitMQ.Client;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>RabbitMQ.Client, told to do nothing by itself.</summary>
internal static class RabbitLink
{
    /// <summary>A channel on which a message counts as published once the broker has confirmed it.</summary>
    public static CreateChannelOptions Confirming { get; } = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>Connects once.</summary>
    /// <param name="server">The node.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="account">Who asks; null is whom every broker knows that nobody has changed.</param>
    public static Task<IConnection> Connect(
        IPEndPoint server, TimeSpan patience, CancellationToken cancellation,
        EngineAccount? account = null) =>
        new ConnectionFactory
        {
            UserName = account?.User ?? ConnectionFactory.DefaultUser,
            Password = account?.Password ?? ConnectionFactory.DefaultPass,
            HostName = $"{server.Address}",
            Port = server.Port,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = patience,
            HandshakeContinuationTimeout = patience,
            ContinuationTimeout = patience,
            RequestedHeartbeat = TimeSpan.FromSeconds(4),
        }.CreateConnectionAsync(cancellation);

    /// <summary>Puts a number into a queue; returns when the broker has confirmed it.</summary>
    public static ValueTask Publish(
        IChannel channel, string queue, long number, CancellationToken cancellation) =>
        channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { Persistent = true },
            Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), cancellation);

    /// <summary>The number that a message holds.</summary>
    public static long NumberOf(BasicGetResult message) =>
        long.Parse(Encoding.ASCII.GetString(message.Body.Span), CultureInfo.InvariantCulture);
}
