using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>A write, as an event of a log.</summary>
/// <param name="Request">Whose write it was.</param>
/// <param name="Key">What was written.</param>
/// <param name="Version">The version it made.</param>
/// <param name="TimeNs">When it was committed, in ns of the run.</param>
internal readonly record struct LoggedEvent(long Request, int Key, long Version, long TimeNs);

/// <summary>Asks a log for events; it answers when there is one.</summary>
/// <param name="Reader">Who of the instance asks, for the answer.</param>
/// <param name="From">How many events it has had.</param>
/// <param name="Most">How many it takes at once.</param>
internal sealed record ReadLog(int Reader, int From, int Most) : Message;

/// <summary>Events of a log.</summary>
/// <param name="Reader">Who asked.</param>
/// <param name="From">How many events there are before these.</param>
/// <param name="Events">The events, in order; one at least.</param>
/// <param name="End">How many events there are in all.</param>
internal sealed record LogEvents(int Reader, int From, IReadOnlyList<LoggedEvent> Events, int End) : Message
{
    const int Bytes = 100;

    public override int SizeBytes => EnvelopeBytes + (Bytes * Events.Count);
}

/// <summary>The events of a log, which a crash leaves.</summary>
internal sealed class KeptEvents
{
    readonly List<LoggedEvent> _events = [];
    readonly HashSet<long> _requests = [];

    /// <summary>How many there are.</summary>
    public int End => _events.Count;

    /// <summary>Whether there is one of a request.</summary>
    public bool Has(long request) => _requests.Contains(request);

    public void Append(in LoggedEvent one)
    {
        _events.Add(one);
        _requests.Add(one.Request);
    }

    /// <summary>What is there for a reader.</summary>
    public LogEvents Read(ReadLog ask) =>
        new(ask.Reader, ask.From, _events.GetRange(ask.From, Math.Min(ask.Most, End - ask.From)), End);
}
