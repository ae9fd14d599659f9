namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Where continuations of a world run: on its thread, between two events, in the order they were posted. So
/// code that awaits never reaches the thread pool, and exceptions of <c>async void</c> methods come out of
/// the event loop.
/// </summary>
internal sealed class WorldContext(Scheduler scheduler) : SynchronizationContext
{
    // Code that awaits nothing but its own turn would keep a run at one instant for ever.
    internal const int MostAtOnce = 4_000_000;

    readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

    /// <summary>True once what was posted went on posting; nothing runs any more.</summary>
    public bool IsEndless { get; private set; }

    /// <summary>Whether continuations wait.</summary>
    public bool HasWork => _posted.Count > 0;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Scheduler.Running != scheduler)
            throw scheduler.Escaped();
        _posted.Enqueue((d, state));
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        scheduler.MustRunHere();
        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what was posted, and what that posts, until nothing is left.</summary>
    /// <returns>False when there is no end to it.</returns>
    public bool Drain()
    {
        for (var ran = 0; !IsEndless && _posted.TryDequeue(out var work); ran++)
        {
            IsEndless = ran == MostAtOnce;
            work.Callback(work.State);
        }

        return !IsEndless;
    }
}
