using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Sends numbers to a few logs, each once, and polls all of them, each client from where it is
/// (Jepsen's <c>kafka</c>, without transactions).</summary>
internal sealed class LogWorkload : IWorkload
{
    const int Logs = 3;
    const double SendShare = 0.6;

    // A poll ends after a while; a client that begins anew needs some to come to the end.
    const int LastPolls = 4;

    static readonly Invocation s_poll = new("poll", Value.Nil, Value.List(Value.List("poll")));

    long _sent;

    /// <summary>The logs.</summary>
    public static IReadOnlyList<long> Keys { get; } = [.. Enumerable.Range(1, Logs).Select(key => (long)key)];

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(SendShare)
        ? new(
            Functions.Send, Value.Nil,
            Value.List(Value.List("send", Keys[turn.Random.Next(Keys.Count)], ++_sent)))
        : s_poll;

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => Enumerable.Repeat(s_poll, LastPolls);
}
