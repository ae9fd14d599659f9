namespace Steelyard.Recording.Writing;

/// <summary>Events in their order. Grows as it must, and keeps its room for those that come next.</summary>
internal sealed class EventBatch
{
    const int FirstRoom = 256;

    RecordedEvent[] _events = new RecordedEvent[FirstRoom];

    public int Count { get; private set; }

    public ReadOnlySpan<RecordedEvent> Events => _events.AsSpan(0, Count);

    public void Add(in RecordedEvent one)
    {
        if (Count == _events.Length)
            Array.Resize(ref _events, Count * 2);
        _events[Count++] = one;
    }

    public void Clear()
    {
        // Values that were written must not be held.
        _events.AsSpan(0, Count).Clear();
        Count = 0;
    }
}
