using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>A stretch of a run, in ns, both ends included.</summary>
internal readonly record struct TimeWindow(long FromNs, long ToNs)
{
    public bool Contains(long timeNs) => FromNs <= timeNs && timeNs <= ToNs;

    public bool Overlaps(long fromNs, long toNs) => fromNs <= ToNs && toNs >= FromNs;
}

/// <summary>A message as it was traced.</summary>
internal sealed record RecordedMessage(
    long SentNs, long? ArrivesNs, NodeId From, NodeId To, Message Message, string? Fate);

/// <summary>Something a node said.</summary>
internal sealed record RecordedNote(long TimeNs, NodeId Node, string Text);

/// <summary>
/// Keeps the messages sent within some windows of a run, up to a number for each window, and lets go of all
/// others. Once the last window is over it asks for the run to stop: what comes later is of no use.
/// </summary>
internal sealed class MessageRecorder(IReadOnlyList<TimeWindow> windows, int mostPerWindow, Action stop)
    : ITraceSink
{
    // Messages are traced as they arrive: one sent within a window may be told of after others that were sent
    // later.
    const long SlackNs = 2_000_000_000;

    readonly long _lastNs = windows.Count == 0 ? -1 : windows.Max(w => w.ToNs);
    readonly List<RecordedMessage> _messages = [];
    readonly List<RecordedNote> _notes = [];
    readonly int[] _kept = new int[windows.Count];
    bool _stopped;

    /// <summary>What was kept, in order of sending.</summary>
    public IReadOnlyList<RecordedMessage> Messages => _messages;

    /// <summary>What nodes said, in order.</summary>
    public IReadOnlyList<RecordedNote> Notes => _notes;

    /// <summary>True when a window held more than could be kept.</summary>
    public bool Overflowed { get; private set; }

    /// <inheritdoc/>
    public void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate)
    {
        if (Keeps(sentNs))
            _messages.Add(new(sentNs, arrivesNs, from.Node, to.Node, message, fate));
    }

    /// <inheritdoc/>
    public void Noted(long timeNs, NodeId node, string text)
    {
        if (Keeps(timeNs))
            _notes.Add(new(timeNs, node.Node, text));
    }

    bool Keeps(long timeNs)
    {
        if (timeNs > _lastNs + SlackNs)
            StopOnce();
        for (var i = 0; i < windows.Count; i++)
        {
            if (!windows[i].Contains(timeNs))
                continue;
            if (_kept[i]++ < mostPerWindow)
                return true;
            Overflowed = true;
        }

        return false;
    }

    void StopOnce()
    {
        if (_stopped)
            return;
        _stopped = true;
        stop();
    }
}
