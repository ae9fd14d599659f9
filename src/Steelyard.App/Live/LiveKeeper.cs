using System.Diagnostics;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.App.Live;

/// <summary>Writes what clients of a live run have seen, now and then while it goes on: it cannot be done
/// again, and nobody tells us before we are killed.</summary>
/// <param name="folder">Where it is kept.</param>
internal sealed class LiveKeeper(RunFolder folder)
{
    static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    // Of a long history it is done less often, so that it takes no more than a small share of the time.
    const int LeastShare = 20;

    TimeSpan _next = s_every / 2;

    /// <summary>Takes down what clients see.</summary>
    public IOperationRecorder Recorder { get; } = new HistoryBuilder();

    /// <summary>Writes it if it is time to.</summary>
    /// <param name="now">Now, in time of the run.</param>
    public void Keep(TimeSpan now)
    {
        if (now < _next)
            return;
        var watch = Stopwatch.StartNew();
        folder.KeepSoFar(Recorder.SoFar());
        _next = now + s_every + (watch.Elapsed * LeastShare);
    }
}
