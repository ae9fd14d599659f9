using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// A run under way: it stands still, can be looked at, and goes on as far as it is asked to. Whoever advances
/// it in many steps gets the same run, bit for bit, as whoever lets it go to its end at once. It belongs to
/// one thread at a time. To dispose of it puts away whatever it has started, wherever it stands.
/// </summary>
public abstract class RunSession : IDisposable
{
    /// <summary>How far it is, in ns of the run: nothing that happens until then is left to happen.</summary>
    public abstract long NowNs { get; }

    /// <summary>Whether nothing is left to happen: it came to its end, was cancelled, or has spent its budget
    /// of events.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Goes on to a point, or to the run's end where that comes first. A point that lies behind is
    /// no error; nothing happens then.</summary>
    /// <exception cref="InvalidOperationException">It is finished.</exception>
    public abstract void Advance(RunPoint until);

    /// <summary>What each node shows of itself now (<see cref="IShowsState"/>), in order of index. Looking
    /// never changes the run.</summary>
    public abstract IReadOnlyList<NodeState> States();

    /// <summary>What clients saw so far, and the faults; later events do not change it.</summary>
    public abstract History HistorySoFar();

    /// <summary>What came of it: partial unless it has come to its end. It goes no further then.</summary>
    /// <exception cref="InvalidOperationException">It is finished already.</exception>
    public abstract WorldRun Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts away what the run has started; may be called again.</summary>
    /// <param name="disposing">True: there are no finalizers.</param>
    protected abstract void Dispose(bool disposing);
}
