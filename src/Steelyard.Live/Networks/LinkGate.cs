using System.Diagnostics;
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
    TaskCompletionSource _open = Opened();
    TimeSpan _delay;
    EffectMark? _slowed;

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

    /// <summary>Makes whatever comes from now on late.</summary>
    public void Worsen(LinkTrouble trouble, EffectMark effect)
    {
        lock (_lock)
            (_delay, _slowed) = (trouble.Delay, effect);
    }

    /// <summary>Ends it.</summary>
    public void Better()
    {
        lock (_lock)
            (_delay, _slowed) = (default, null);
    }

    /// <summary>When bytes that come now are due at the other end, in ticks of the stopwatch.</summary>
    public long DueAt()
    {
        lock (_lock)
        {
            if (_delay == default)
                return Stopwatch.GetTimestamp();
            _slowed?.Set();
            return Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency);
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

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }
}
