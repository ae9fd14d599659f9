using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>What somebody outside asked for: the same object wherever it goes.</summary>
internal sealed class ClientRequest
{
    /// <summary>Its number, from 0 on in the order in which requests were due.</summary>
    public required long Id { get; init; }

    /// <summary>True when it has an effect.</summary>
    public required bool IsWrite { get; init; }

    /// <summary>What it is about, from 0 on.</summary>
    public required int Key { get; init; }

    /// <summary>Whose it is, from 0 on.</summary>
    public required int Session { get; init; }

    /// <summary>Which of a closed population asked, from 0 on; below 0 is anybody.</summary>
    public int Whose { get; init; } = -1;

    /// <summary>What it is counted as, by whoever asked.</summary>
    public int Operation { get; set; }

    /// <summary>When it was due, in ns of the run.</summary>
    public required long DueNs { get; init; }

    /// <summary>The version of its key that its session carries with it (a token); 0 is none yet.</summary>
    public long Carried { get; init; }

    /// <summary>How large that is.</summary>
    public int CarriedBytes { get; init; }
}

/// <summary>How a call ended.</summary>
internal enum CallStatus : byte
{
    /// <summary>Well.</summary>
    Ok,

    /// <summary>The cache has it not: ask whoever keeps it.</summary>
    Miss,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>The line was full.</summary>
    Full,

    /// <summary>It would have waited too long.</summary>
    Shed,

    /// <summary>There were more than it takes a second.</summary>
    Limited,

    /// <summary>The instance refuses, or there is none.</summary>
    Unavailable,

    /// <summary>The circuit breaker of the caller is open.</summary>
    Broken,
}

/// <summary>Words for how calls end.</summary>
internal static class CallStatuses
{
    public static IReadOnlyList<string> Words { get; } =
        ["ok", "miss", "timed out", "line full", "shed", "over the rate limit", "unavailable",
            "breaker open"];

    public static string Word(this CallStatus status) => Words[(int)status];
}

/// <summary>What was read or written: a version of a key, from 1 on in the order of commits; 0 is what was
/// there at the start.</summary>
/// <param name="Version">The version.</param>
/// <param name="Lease">The right to put into the cache what its loss made the caller look up; 0 is
/// none.</param>
internal readonly record struct Reading(long Version, long Lease = 0)
{
    /// <summary>The version of what was written here last, and is committed nowhere yet.</summary>
    public const long Newest = long.MaxValue;

    /// <summary>No version that anybody could tell.</summary>
    public const long Unknown = -1;
}

/// <summary>Asks an instance for something.</summary>
/// <param name="Request">What for.</param>
/// <param name="Call">The number of the call, for the answer.</param>
/// <param name="WaitsNs">How long the caller still waits; <see cref="long.MaxValue"/> is for ever.</param>
/// <param name="Batch">The requests of a batch; null is one alone.</param>
/// <param name="Weight">How many items each request is about.</param>
internal sealed record CallAsk(
    ClientRequest Request, long Call, long WaitsNs, IReadOnlyList<ClientRequest>? Batch, int Weight) : Message
{
    const int Bytes = 64;

    public int Items => (Batch?.Count ?? 1) * Weight;

    public override int SizeBytes => EnvelopeBytes + (Bytes * Items) + Request.CarriedBytes;
}

/// <summary>Answers a call.</summary>
/// <param name="Call">The number of the call.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reading">What was read or written.</param>
internal sealed record CallReply(long Call, CallStatus Status, Reading Reading) : Message
{
    const int Bytes = 200;

    public override int SizeBytes => EnvelopeBytes + Bytes;
}

/// <summary>Asks whether an instance is ready.</summary>
internal sealed record HealthProbe(int Edge) : Message;

/// <summary>Says that it is.</summary>
internal sealed record HealthProbeOk(int Edge) : Message;

/// <summary>What callers of a database must know to find a key.</summary>
/// <param name="Part">The database.</param>
internal abstract record DatabaseNews(string Part) : Message;

/// <summary>An instance of a database says that it leads a shard from now on.</summary>
/// <param name="Part">The database.</param>
/// <param name="Shard">Which shard, from 0 on.</param>
/// <param name="Instance">Which instance.</param>
/// <param name="Epoch">How often leadership has changed; the largest counts.</param>
/// <param name="Sequence">How many commits it has.</param>
internal sealed record Promoted(string Part, int Shard, int Instance, int Epoch, long Sequence)
    : DatabaseNews(Part);

/// <summary>An instance is to start, or to finish what it is at and stop.</summary>
internal sealed record Scale(bool Starts, TimeSpan After) : Message;

/// <summary>Asks an instance what it did since the last time.</summary>
internal sealed record UsageAsk : Message;

/// <summary>What an instance did since it was asked last.</summary>
/// <param name="BusySeconds">Seconds of work, of all its workers.</param>
/// <param name="WaitingSeconds">Seconds in line, of all requests.</param>
/// <param name="Came">Requests that came.</param>
/// <param name="Waiting">Requests that wait now.</param>
internal sealed record Usage(double BusySeconds, double WaitingSeconds, long Came, int Waiting) : Message;

/// <summary>Says that requests wait for a service that has no instance.</summary>
/// <param name="Waiting">How many.</param>
internal sealed record Poke(int Waiting) : Message;

/// <summary>An instance says that it can be called, or no more.</summary>
internal sealed record Announcement(string Part, int Instance, bool IsThere) : Message;
