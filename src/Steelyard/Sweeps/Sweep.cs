using System.Runtime.ExceptionServices;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>
/// Many runs that become one frontier. Runs are handed out to a few threads, the first seed of every point
/// before the second of any, so that what is stopped early has seen all of it. No run sees another: a run
/// gives what it gives alone.
/// </summary>
internal sealed class Sweep
{
    // Checkers search deep; the main thread's stack is not theirs to size.
    const int StackBytes = 16 << 20;

    readonly SweepRequest _request;
    readonly SweepPoints _points;
    readonly SweepStore? _store;
    readonly SweepWork _work;
    ExceptionDispatchInfo? _failure;

    Sweep(SweepRequest request, SweepPoints points, SweepStore? store)
    {
        (_request, _points, _store) = (request, points, store);
        _work = new(request, points, store?.Before ?? []);
    }

    /// <summary>Sweeps; runs that the store has already are not done again, and those that are done are
    /// added to it. Without a store nothing is kept.</summary>
    /// <exception cref="UserMistakeException">An objective that nobody measures.</exception>
    /// <exception cref="Files.CannotWriteException">A run cannot be kept.</exception>
    public static SweepResult Execute(SweepRequest request, SweepPoints points, SweepStore? store) =>
        new Sweep(request, points, store).Execute();

    SweepResult Execute()
    {
        var workers = Enumerable.Range(0, Math.Clamp(_request.Workers, 1, Math.Max(1, _work.Waiting)))
            .Select(_ => new Thread(Work, StackBytes) { IsBackground = true })
            .ToList();
        using var stop = _request.Cancellation.Register(_work.Stop);
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        _failure?.Throw();
        return _work.Result(_points.Refused);
    }

    void Work()
    {
        while (_work.Take() is var (point, seed))
            try
            {
                if (Attempt(point, seed) is { } run)
                {
                    _store?.Add(run);
                    _work.Done(run);
                }
                else
                {
                    _work.Stop();
                }
            }
#pragma warning disable CA1031 // Not swallowed: thrown again by the thread that called.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
                _work.Stop();
            }
    }

    // Null when it was stopped on the way: what is left of it says nothing.
    SweptRun? Attempt(SweepPoint point, Seed seed)
    {
        var request = point.Run.With(seed);
        try
        {
            var world = _request.WorldFor(request);
            using var owned = world as IDisposable;
            var result = Run.Execute(request, world, new() { Cancellation = _request.Cancellation });
            return _request.Cancellation.IsCancellationRequested ? null : SweptRun.Of(point.Name, result);
        }
        catch (UserMistakeException)
        {
            throw;
        }
        catch (Exception) when (_request.Cancellation.IsCancellationRequested)
        {
            // A run that is torn down in its midst may throw anything.
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: it is the result of its seed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var isTheirs = failure is DesignFailedException;
            return SweptRun.Thrown(
                point.Name, seed, isTheirs ? failure.Message : $"{failure.GetType().Name}: {failure.Message}",
                isTheirs);
        }
    }
}
