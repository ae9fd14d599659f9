using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// What went on inside a run, kept as it happens for its page: messages, what nodes said, and what they
/// showed of their state. It has a bound: of a very large run the beginning is forgotten.
/// </summary>
public sealed class RunTrace : ITraceSink, IStateSink
{
    const int RecordBytes = 120;
    const int ValueBytes = 24;

    // A half-minute run of some nodes takes about a tenth of it.
    const long DefaultBytes = 256L << 20;

    readonly TraceRing<TracedMessage> _messages;
    readonly TraceRing<TracedNote> _notes;
    readonly TraceRing<TracedState> _states;
    readonly SortedDictionary<int, TracedState> _forgottenStates = [];
    long _forgottenToNs = -1;

    /// <summary>Creates one that has seen nothing.</summary>
    /// <param name="mostBytes">About how many bytes it may keep; null is 256 MiB.</param>
    public RunTrace(long? mostBytes = null)
    {
        var most = mostBytes ?? DefaultBytes;
        // Most of it is messages; what there is of the others is small beside them.
        _messages = new(most / 2, message => Forget(message.SentNs));
        _notes = new(most / 8, note => Forget(note.TimeNs));
        _states = new(most * 3 / 8, Forget);
    }

    /// <summary>The messages that are kept, in the order in which they ended.</summary>
    internal IEnumerable<TracedMessage> Messages => _messages.Kept;

    /// <summary>What nodes said, in order.</summary>
    internal IEnumerable<TracedNote> Notes => _notes.Kept;

    /// <summary>What nodes showed of themselves whenever it changed, in order; of each node also the last
    /// that came before what is kept.</summary>
    internal IEnumerable<TracedState> States => _forgottenStates.Values.Concat(_states.Kept);

    /// <summary>Whether it kept all that was sent, said and shown from some time on.</summary>
    internal bool Holds(long fromNs) => fromNs > _forgottenToNs;

    /// <inheritdoc/>
    public void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate) =>
        _messages.Add(
            new(sentNs, arrivesNs, from.Node, to.Node, message, fate), RecordBytes + message.SizeBytes);

    /// <inheritdoc/>
    public void Noted(long timeNs, NodeId node, string text) =>
        _notes.Add(new(timeNs, node.Node, text), RecordBytes + (2 * text.Length));

    /// <inheritdoc/>
    public void Showed(long timeNs, NodeId node, NodeState state) =>
        _states.Add(new(timeNs, node, state), RecordBytes + (ValueBytes * state.Values.Count));

    void Forget(long timeNs) => _forgottenToNs = Math.Max(_forgottenToNs, timeNs);

    void Forget(TracedState state)
    {
        Forget(state.TimeNs);
        _forgottenStates[state.Node.Index] = state;
    }
}

/// <summary>A message as it was traced; one that never arrived has a fate.</summary>
internal readonly record struct TracedMessage(
    long SentNs, long? ArrivesNs, NodeId From, NodeId To, Message Message, string? Fate);

/// <summary>Something a node said.</summary>
internal readonly record struct TracedNote(long TimeNs, NodeId Node, string Text);

/// <summary>What a node showed of itself from some time on.</summary>
internal readonly record struct TracedState(long TimeNs, NodeId Node, NodeState State);
