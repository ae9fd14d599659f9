using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>When a consumer remembers and acknowledges, and what becomes of poison.</summary>
public sealed class QueueVariant : DesignVariant
{
    QueueVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<QueueVariant> All { get; } =
    [
        new("dedup-with-effect", true, "what is processed is noted in the transaction of its effect"),
        new("ack-before-effect", false, "a message is acknowledged before its effect")
        {
            AcknowledgesFirst = true,
        },
        new("no-dedup", false, "nobody notes what was processed") { Memory = ConsumerMemory.None },
        new("dedup-in-memory", false, "what was processed is noted in the memory of a host")
        {
            Memory = ConsumerMemory.OfHost,
        },
        new("no-dead-letter", false, "poison is handed out again for ever") { SetsAside = false },
    ];

    /// <summary>Where it is noted what was processed.</summary>
    internal ConsumerMemory Memory { get; private init; } = ConsumerMemory.WithEffect;

    /// <summary>Whether a message is acknowledged before its effect.</summary>
    internal bool AcknowledgesFirst { get; private init; }

    /// <summary>Whether a message that fails again and again is set aside.</summary>
    internal bool SetsAside { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static QueueVariant Find(string name) => Find(All, name);
}

/// <summary>Where a consumer notes what it has processed.</summary>
internal enum ConsumerMemory
{
    /// <summary>In the database, in the transaction of the effect.</summary>
    WithEffect,

    /// <summary>In the memory of its host.</summary>
    OfHost,

    /// <summary>Nowhere.</summary>
    None,
}
