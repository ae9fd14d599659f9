using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>What is asked of a system: an operation before it has happened.</summary>
/// <param name="Function">One of <see cref="Functions"/>, or a name of the design's.</param>
/// <param name="Key">What it is asked of, or nil.</param>
/// <param name="Input">The argument, or nil.</param>
public readonly record struct Command(string Function, Value Key, Value Input)
{
    /// <summary>Bytes in a compact encoding.</summary>
    public int SizeBytes => 1 + Function.Length + Message.SizeOf(Key) + Message.SizeOf(Input);
}

/// <summary>What a workload asks a client to do.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="Target">The one node to ask (replica reads), or null to let the client choose.</param>
public readonly record struct Invocation(Command Command, NodeId? Target = null)
{
    /// <summary>What a workload asks a client to do.</summary>
    /// <param name="function">One of <see cref="Functions"/>, or a name of the design's.</param>
    /// <param name="key">What it is asked of, or nil.</param>
    /// <param name="input">The argument, or nil.</param>
    /// <param name="target">The one node to ask, or null to let the client choose.</param>
    public Invocation(string function, Value key, Value input, NodeId? target = null)
        : this(new Command(function, key, input), target)
    {
    }

    /// <summary>The function of what is asked.</summary>
    public string Function => Command.Function;

    /// <summary>What it is asked of, or nil.</summary>
    public Value Key => Command.Key;

    /// <summary>The argument, or nil.</summary>
    public Value Input => Command.Input;

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
