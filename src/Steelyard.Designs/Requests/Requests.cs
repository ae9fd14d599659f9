using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>
/// Made by the client, the same on every retry: so the servers can tell a retry from a new request and
/// apply it once (Ongaro 2014, section 6.3).
/// </summary>
/// <param name="Session">The process that asks; it has one request at a time.</param>
/// <param name="Number">Counts that process's requests, from 1.</param>
internal readonly record struct RequestId(long Session, long Number);

/// <summary>What a read is promised; writes always go to the leader (or to the quorum).</summary>
internal enum ReadLevel : byte
{
    /// <summary>The latest value: the read takes effect between its start and its end
    /// (linearizable).</summary>
    Leader,

    /// <summary>Whatever the nearest replica has; replicas converge once the writes stop.</summary>
    Any,

    /// <summary>A client sees its own writes, and never an older state than it saw before (Terry et al.
    /// 1994).</summary>
    Session,

    /// <summary>A client never sees an older state than it saw before.</summary>
    Monotonic,

    /// <summary>A value that was the latest at most a given time ago.</summary>
    Bounded,
}

/// <summary>A client's message that may change something: it names the life of the node that it is meant for,
/// and <see cref="AtMostOnce"/> hands each to the node once.</summary>
internal interface IForOneLife
{
    /// <summary>The life of the node, as that node told it (<see cref="NewHere"/>); 0 where it is not
    /// known.</summary>
    long Life { get; }
}

/// <summary>A request of a client; sent again, unchanged, when no answer comes.</summary>
/// <param name="Id">Names the request over all its retries.</param>
/// <param name="Command">What is asked.</param>
internal sealed record Request(RequestId Id, Command Command) : Message, IForOneLife
{
    /// <summary>What a read is promised.</summary>
    public ReadLevel Level { get; init; }

    /// <summary>The replica that answers must have applied at least this version (a session's token); 0 is
    /// any.</summary>
    public long AtLeast { get; init; }

    /// <summary>The oldest answer a bounded read may get.</summary>
    public TimeSpan MaxStaleness { get; init; }

    /// <inheritdoc/>
    public long Life { get; init; }

    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 33 + Command.SizeBytes;
}

/// <summary>The request was carried out.</summary>
/// <param name="Completion">Ok with the result, or Fail when the machine itself said no (a compare that did
/// not match).</param>
/// <param name="Version">The state's version that the answer reflects: a session's token.</param>
internal sealed record Answer(Completion Completion, long Version) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 9 + SizeOf(Completion.Output);
}

/// <summary>The node did not carry the request out.</summary>
/// <param name="Reason">Why, in a few words that repeat: <c>no leader</c>.</param>
/// <param name="Instead">Who can, as far as the node knows; null is nobody.</param>
/// <param name="MayStillHappen">True when the request had been accepted before, and its fate is now in
/// other hands.</param>
internal sealed record Refusal(string Reason, NodeId? Instead = null, bool MayStillHappen = false) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 6 + Reason.Length;
}

/// <summary>The node does not take writes from who does not know its present life; it did nothing. The same
/// is to be sent again, with that life.</summary>
/// <param name="Life">Which life this is: no two lives of any nodes share it.</param>
internal sealed record NewHere(long Life) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 8;
}
