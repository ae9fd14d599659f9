using Steelyard.Histories;
using Steelyard.Services.Designs.Presence.Api;

namespace Steelyard.Services.Designs.Presence.Devices;

/// <summary>What a device notes of a stay: when it was connected, and what it was told of friends. Times are
/// in whole ms from the beginning of the stay.</summary>
internal sealed class PresenceHistory(TimeProvider time)
{
    readonly long _begunAt = time.GetTimestamp();
    readonly List<Value> _spans = [];
    readonly List<Value> _seen = [];
    (long FromMs, long HeardMs)? _span;

    /// <summary>How long it lasts by now.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begunAt);

    /// <summary>Up to where in the sequence of changes it was told; 0 is nothing.</summary>
    public long Seq { get; private set; }

    /// <summary>Whether it is connected, as far as it knows.</summary>
    public bool IsConnected => _span is not null;

    /// <summary>How often in a row it was not let in.</summary>
    public int Failures { get; private set; }

    /// <summary>For how long nothing was heard; of no meaning where it is not connected.</summary>
    public TimeSpan Silence => Elapsed - TimeSpan.FromMilliseconds(_span?.HeardMs ?? 0);

    long NowMs => (long)Elapsed.TotalMilliseconds;

    /// <summary>The host said something: it is connected now.</summary>
    public void Hear(Update update)
    {
        _span = (_span?.FromMs ?? NowMs + 1, NowMs);
        Seq = update.Seq;
        foreach (var change in update.Changes)
            _seen.Add(Value.Map(
                ("at", NowMs), ("user", change.User), ("online", Value.Of(change.Online))));
    }

    /// <summary>The connection is over, or was never there.</summary>
    public void Part()
    {
        Failures = IsConnected ? 0 : Failures + 1;
        if (_span is var (fromMs, heardMs))
            _spans.Add(Value.Map(("from", fromMs), ("heard", heardMs), ("to", NowMs)));
        _span = null;
    }

    /// <summary>All of it, for the history.</summary>
    public Value ToValue() => Value.Map(
        ("spans", Value.List([.. _spans])), ("seen", Value.List([.. _seen])));
}
