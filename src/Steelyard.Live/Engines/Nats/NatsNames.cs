namespace Steelyard.Live.Engines.Nats;

/// <summary>What a run calls its stream and its subjects.</summary>
/// <param name="Stream">The stream of all workloads.</param>
/// <param name="Root">What subjects of the stream begin with.</param>
/// <param name="Core">The subject of the queue outside the stream.</param>
internal sealed record NatsNames(string Stream, string Root, string Core)
{
    /// <summary>Those of a server that is ours.</summary>
    public static NatsNames Own { get; } = new(JetStream.Stream, "s", "core.queue");

    /// <summary>The queue.</summary>
    public string Queue => $"{Root}.queue";

    /// <summary>The set.</summary>
    public string Set => $"{Root}.set";

    /// <summary>Those of a room on a server that is not ours.</summary>
    public static NatsNames In(string room) => new(room, room, $"{room}-core.queue");

    /// <summary>A log.</summary>
    public string LogOf(string key) => $"{Root}.log.{key}";
}
