using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.QueueConsumer.Variants;

/// <summary>When a consumer remembers and acknowledges, and what becomes of poison.</summary>
internal sealed record QueueVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly QueueVariant s_dedup = new(
        "dedup-with-effect", "what is processed is noted in the transaction of its effect");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<QueueVariant> All { get; } =
    [
        s_dedup,
        s_dedup.Wrong("ack-before-effect", "a message is acknowledged before its effect") with
        {
            AcknowledgesFirst = true,
        },
        s_dedup.Wrong("no-dedup", "nobody notes what was processed") with { Memory = ConsumerMemory.None },
        s_dedup.Wrong("dedup-in-memory", "what was processed is noted in the memory of a host") with
        {
            Memory = ConsumerMemory.OfHost,
        },
        s_dedup.Wrong("no-dead-letter", "poison is handed out again for ever") with { SetsAside = false },
    ];

    /// <summary>Where it is noted what was processed.</summary>
    public ConsumerMemory Memory { get; init; } = ConsumerMemory.WithEffect;

    /// <summary>Whether a message is acknowledged before its effect.</summary>
    public bool AcknowledgesFirst { get; init; }

    /// <summary>Whether a message that fails again and again is set aside.</summary>
    public bool SetsAside { get; init; } = true;
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
