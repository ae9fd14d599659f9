using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>Both directions of a link.</summary>
/// <param name="Forth">To whoever was called.</param>
/// <param name="Back">Back from there.</param>
internal sealed record LinkGates(LinkGate Forth, LinkGate Back);

/// <summary>
/// One direction of a link over TCP. Cut, it holds back what is sent, as a kernel does that sends again and
/// again until somebody answers; it arrives when the link is mended, unless somebody gave up before.
/// </summary>
internal sealed class LinkGate
{
    readonly Lock _lock = new();
    readonly List<EffectMark> _cuts = [];
    readonly List<EffectMark> _refusals = [];
    readonly HashSet<LinkConnection> _opened = [];
    TaskCompletionSource _open = Opened();

    /// <summary>How late what comes is.</summary>
    public LinkPace Pace { get; } = new();

    /// <summary>Holds back whatever comes from now on.</summary>
    public void Cut(EffectMark effect)
    {
        lock (_lock)
        {
            if (_cuts.Count == 0)
                _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _cuts.Add(effect);
        }
    }

    /// <summary>Ends one cut.</summary>
    public void Mend()
    {
        lock (_lock)
        {
            if (_cuts.Count == 0)
                return;
            _cuts.RemoveAt(0);
            if (_cuts.Count == 0)
                _open.TrySetResult();
        }
    }

    /// <summary>Completes when bytes may go on.</summary>
    public Task Passes()
    {
        lock (_lock)
        {
            _cuts.ForEach(cut => cut.Set());
            return _open.Task;
        }
    }

    /// <summary>A connection is opened in this direction.</summary>
    /// <returns>Whether it may be.</returns>
    public bool Admits(LinkConnection connection)
    {
        lock (_lock)
        {
            _refusals.ForEach(refusal => refusal.Set());
            return _refusals.Count == 0 && _opened.Add(connection);
        }
    }

    /// <summary>A connection that was opened in this direction is over.</summary>
    public void Leaves(LinkConnection connection)
    {
        lock (_lock)
            _opened.Remove(connection);
    }

    /// <summary>Lets nobody open a connection in this direction.</summary>
    public void Refuse(EffectMark effect)
    {
        lock (_lock)
            _refusals.Add(effect);
    }

    /// <summary>Ends it.</summary>
    public void Admit(EffectMark effect)
    {
        lock (_lock)
            _refusals.Remove(effect);
    }

    /// <summary>Does something to each connection that was opened in this direction.</summary>
    /// <returns>Whether there was one.</returns>
    public bool ForEachOpened(Action<LinkConnection> act)
    {
        LinkConnection[] all;
        lock (_lock)
            all = [.. _opened];
        Array.ForEach(all, act);
        return all.Length > 0;
    }

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }
}
