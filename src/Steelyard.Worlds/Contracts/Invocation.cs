using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>What a workload asks a client to do.</summary>
/// <param name="Function">One of <see cref="Functions"/>, or a name of the design's.</param>
/// <param name="Key">What it is asked of, or nil.</param>
/// <param name="Input">The argument, or nil.</param>
/// <param name="Target">The one node to ask (replica reads), or null to let the client choose.</param>
public readonly record struct Invocation(string Function, Value Key, Value Input, NodeId? Target = null)
{
    /// <summary>True for the life of a session or a connection: it is no request, and its length no
    /// latency.</summary>
    public bool IsSession { get; init; }
}

/// <summary>How an operation ended for the client.</summary>
/// <param name="Outcome">Ok, Fail (it did not and will not happen) or Info (unknown).</param>
/// <param name="Output">The result, or nil.</param>
/// <param name="Error">Why it did not end Ok, in a few words that repeat (they are counted), or null.</param>
public readonly record struct Completion(Outcome Outcome, Value Output, string? Error = null)
{
    /// <summary>It happened.</summary>
    public static Completion Ok(Value output) => new(Outcome.Ok, output);

    /// <summary>It did not happen, and no copy of its messages that is still on its way can make it
    /// happen.</summary>
    public static Completion Fail(string error) => new(Outcome.Fail, Value.Nil, error);

    /// <summary>Nobody knows.</summary>
    public static Completion Info(string error) => new(Outcome.Info, Value.Nil, error);
}
