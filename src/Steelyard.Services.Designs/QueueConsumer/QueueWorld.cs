using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>The hosts of the queue: a broker, two consumers, and a database for messages and one for
/// effects.</summary>
internal static class QueueWorld
{
    /// <summary>The broker.</summary>
    public const string BrokerHost = "broker";

    /// <summary>Where the broker keeps messages.</summary>
    public const string QueueDatabase = "queue-db";

    /// <summary>Where messages take effect.</summary>
    public const string EffectsDatabase = "effects-db";

    /// <summary>The hosts that consume.</summary>
    public static IReadOnlyList<string> Consumers { get; } = ["consumer-1", "consumer-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddQueue(this ServicesWorld world, QueueVariant variant)
    {
        world.AddHost(BrokerHost, args => QueueApplications.CreateBroker(args, variant));
        foreach (var consumer in Consumers)
            world.AddHost(consumer, args => QueueApplications.CreateConsumer(args, variant));
        world.AddDatabase(QueueDatabase).AddDatabase(EffectsDatabase);
        world.Tolerance = new() { NodesDown = 1, Amnesia = true, ClockSkew = TimeSpan.FromSeconds(1) };
        return world;
    }

    /// <summary>Adds senders, and the promises: each message once, and poison set aside.</summary>
    public static ServicesWorld DriveQueue(this ServicesWorld world, CommonOptions options) =>
        world.Drive(
                new(() => new QueueWorkload(), (client, hosts) => new QueueClient(client, hosts))
                {
                    Clients = options.Clients ?? 10,
                    RatePerSecond = options.RatePerSecond ?? 25,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(new ExactlyOnce(QueueWorkload.Send), new PoisonSetAside());
}
