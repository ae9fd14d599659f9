using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>A queue that delivers at least once, and consumers that let each message take effect
/// once.</summary>
public sealed class QueueConsumerDesign()
    : VariantDesign<QueueVariant>(
        QueueVariant.All, "how a message is made to take effect once, or not",
        "the queue has hosts of its own")
{
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(700);

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
    private protected override Scenario Build(QueueVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddQueue(variant).DriveQueue(common)
            .ToScenario(Name, $"a broker and two consumers: {variant.Summary}");
        return scenario with
        {
            StoryFaults = Stories.CrashesInTurn(
                QueueWorld.Consumers, CrashEvery, CrashFor, scenario.Load.Duration),
        };
    }
}
