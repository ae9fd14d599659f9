using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Steelyard.App.Terminals;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP: the first asks the work to stop and keep what it has, a later one ends the
/// process as soon as it has said how far it came.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // One stop may come as several signals: timeout sends its own to the process and to its group, and a
    // closed terminal hangs up as well.
    static readonly TimeSpan SameStop = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _source = new();
    readonly List<PosixSignalRegistration> _registrations = [];
    readonly Lock _gate = new();
    Stopwatch? _sinceFirst;

    public Interruption()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Says how far the work came when it is not waited for any longer; null says nothing.</summary>
    public Action? LastWords { get; set; }

    /// <summary>What is done before somebody interrupts it.</summary>
    public IEnumerable<T> Before<T>(IEnumerable<T> work) => Before(work, Token);

    /// <summary>What is done before it is cancelled.</summary>
    internal static IEnumerable<T> Before<T>(IEnumerable<T> work, CancellationToken over)
    {
        using var one = work.GetEnumerator();
        while (HasNext(one, over))
            yield return one.Current;
    }

    static bool HasNext<T>(IEnumerator<T> work, CancellationToken over)
    {
        try
        {
            return !over.IsCancellationRequested && work.MoveNext();
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            // Whatever it says: a program of an engine may have got the signal as well, and failed.
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_sinceFirst is { Elapsed: var elapsed })
            {
                if (elapsed < SameStop)
                    return;
                LastWords?.Invoke();
                Environment.Exit(ExitCodes.Interrupted);
            }

            _sinceFirst = Stopwatch.StartNew();
        }

        _source.Cancel();
    }
}
