using Steelyard.Analysis.Effects;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.QueueConsumer.Api;
using Steelyard.Services.Designs.QueueConsumer.Promises;
using Steelyard.Services.Designs.QueueConsumer.Variants;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>A queue that delivers at least once, and consumers that let each message take effect
/// once.</summary>
internal sealed class QueueScenario()
    : ServiceDesign<QueueVariant>(QueueVariant.All, "how a message is made to take effect once, or not")
{
    /// <summary>The broker.</summary>
    public const string BrokerHost = "broker";

    /// <summary>Where the broker keeps messages.</summary>
    public const string QueueDatabase = "queue-db";

    /// <summary>Where messages take effect.</summary>
    public const string EffectsDatabase = "effects-db";

    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(700);

    /// <summary>The hosts that consume.</summary>
    public static IReadOnlyList<string> Consumers { get; } = ["consumer-1", "consumer-2"];

    /// <inheritdoc/>
    public override string Name => "queue-consumer";

    /// <inheritdoc/>
    public override string Summary =>
        "A broker that delivers at least once, and consumers: each message takes effect once, poison none.";

    /// <inheritdoc/>
    public override string Story =>
        "A broker hands out messages to two consumers, and hands them out again when they are not"
        + " acknowledged in time. Consumers crash in turn, again and again. Who crashes between the"
        + " acknowledgement and the effect has lost a message; who crashes between the effect and the"
        + " acknowledgement is handed it again, and lets it take effect twice, unless it was noted in the"
        + " transaction of the effect. Some messages are poison: they fail whoever processes them, and are"
        + " set aside after five failures, or else they come first for ever, and nothing else comes.";

    /// <inheritdoc/>
    protected override string Cluster => "a broker and two consumers";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
        [new ExactlyOnce(QueueWorkload.Send), new PoisonSetAside()];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, QueueVariant variant)
    {
        world.AddHost(BrokerHost, args => QueueApi.CreateBroker(args, variant));
        foreach (var consumer in Consumers)
            world.AddHost(consumer, args => QueueApi.CreateConsumer(args, variant));
        world.AddDatabase(QueueDatabase).AddDatabase(EffectsDatabase);
        world.Tolerance = new() { NodesDown = 1, Amnesia = true, ClockSkew = TimeSpan.FromSeconds(1) };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(QueueVariant variant, int? clients) =>
        new(() => new QueueWorkload(), (client, hosts) => new QueueClient(client, hosts))
        {
            RatePerSecond = 25,
        };

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(QueueVariant variant, TimeSpan duration) =>
        Stories.CrashesInTurn(Consumers, CrashEvery, CrashFor, duration);
}
