using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Hunts;

/// <summary>
/// Many runs that look for an Invalid. Seeds are handed out in order to a few threads; a run stays on its
/// thread, and no run sees another, so a seed gives what it gives alone.
/// </summary>
internal sealed class Hunt
{
    // Checkers search deep; the main thread's stack is not theirs to size.
    const int StackBytes = 16 << 20;

    readonly HuntRequest _request;
    readonly HuntedSeed?[] _found;
    readonly Stopwatch _watch = Stopwatch.StartNew();
    ExceptionDispatchInfo? _failure;
    int _next = -1;
    int _stopAt;
    int _tried;
    int _invalid;

    Hunt(HuntRequest request)
    {
        _request = request;
        _found = new HuntedSeed?[request.Seeds.Count];
        _stopAt = _found.Length;
    }

    /// <summary>Hunts.</summary>
    /// <exception cref="UserMistakeException">Options, faults and design do not fit together.</exception>
    /// <exception cref="NotDeterministicException">A seed that was run twice gave two runs.</exception>
    public static HuntResult Execute(HuntRequest request) => new Hunt(request).Execute();

    HuntResult Execute()
    {
        var workers = Enumerable.Range(0, Math.Clamp(_request.Workers, 1, _found.Length))
            .Select(_ => new Thread(Work, StackBytes) { IsBackground = true })
            .ToList();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        _failure?.Throw();

        // Workers may have run ahead of the first seed that ended the hunt; what they found there does not
        // count.
        var begun = _request.For is null ? _found.Length : Math.Min(_found.Length, _next + 1);
        var counted = _request.KeepGoing ? begun : Math.Min(begun, _stopAt + 1);
        var seeds = _found.Take(counted).OfType<HuntedSeed>().ToList();
        return new(seeds, IsPartial: seeds.Count < counted);
    }

    void Work()
    {
        var world = _request.CreateWorld();
        while (!_request.Cancellation.IsCancellationRequested && Volatile.Read(ref _failure) is null
            && (_request.For is not { } time || _watch.Elapsed < time))
        {
            var place = Interlocked.Increment(ref _next);
            if (place >= Volatile.Read(ref _stopAt))
                break;
            if (Attempt(world, place))
                continue;
            // Whatever a run left behind that threw stays with it.
            (world as IDisposable)?.Dispose();
            world = _request.CreateWorld();
        }

        (world as IDisposable)?.Dispose();
    }

    // False when the run threw: the seed's result then, as an Invalid is.
    bool Attempt(IWorld world, int place)
    {
        try
        {
            return DesignFailedException.Guard(RequestOf(place).Spec, () => Try(world, place));
        }
        catch (Exception failure) when (failure is UserMistakeException or NotDeterministicException)
        {
            // Of the whole hunt, not of one seed: thrown again by the thread that called.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
        }
        catch (Exception) when (_request.Cancellation.IsCancellationRequested)
        {
            // A run that is torn down in its midst may throw anything.
        }
#pragma warning disable CA1031 // Not swallowed: it is the result of its seed, and ends the hunt.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _found[place] = new(
                _request.Seeds[place], 0, 0, 0, Validity.Unknown, null, Told(failure)) { Failure = failure };
            StopAt(place);
            Count();
        }

        return false;
    }

    static string Told(Exception failure) => failure is DesignFailedException
        ? failure.Message
        : $"{failure.GetType().Name}: {failure.Message}";

    // True, also when there is nothing to tell of it.
    bool Try(IWorld world, int place)
    {
        var request = RequestOf(place);
        var (seed, scenario) = (request.Seed, request.Build());
        var plan = request.Faults.PlanFor(scenario, seed);
        var control = new RunControl { Cancellation = _request.Cancellation };
        var run = world.Execute(scenario, plan, seed, control, request.Spec.EndPoint);
        var verdicts = _request.Judge
            ? new JudgedRun(run, scenario, plan, request.Faults, control).Verdicts
            : [Verdict.Undecided("none", "nobody judged")];
        var validity = Verdict.Overall(verdicts);
        // What was stopped on the way says nothing; what was found out before counts.
        if (_request.Cancellation.IsCancellationRequested
            && (run.IsPartial || validity == Validity.Unknown))
            return true;
        var worst = validity == Validity.Valid ? null
            : verdicts.First(verdict => verdict.Validity == validity);
        _found[place] = new(
            seed, run.History.Hash, run.ScheduleHash, run.History.Count, validity, worst?.Checker,
                worst?.Summary)
        {
            Besides = Besides(verdicts, worst),
        };
        if (validity == Validity.Invalid)
        {
            Interlocked.Increment(ref _invalid);
            StopAt(place);
        }

        Count();
        return true;
    }

    static string? Besides(IReadOnlyList<Verdict> verdicts, Verdict? worst)
    {
        var others = verdicts.Where(verdict => verdict != worst && verdict.Validity != Validity.Valid)
            .Select(verdict => $"{verdict.Checker}: {verdict.Summary}");
        return string.Join("; ", others) is { Length: > 0 } told ? told : null;
    }

    void Count() => _request.Progress?.Report(
        new(Interlocked.Increment(ref _tried), _found.Length, Volatile.Read(ref _invalid)));

    void StopAt(int place)
    {
        var stopAt = Volatile.Read(ref _stopAt);
        while (!_request.KeepGoing && place < stopAt)
        {
            var before = Interlocked.CompareExchange(ref _stopAt, place, stopAt);
            if (before == stopAt)
                return;
            stopAt = before;
        }
    }

    RunRequest RequestOf(int place) => _request.Run.With(_request.Seeds[place]);
}
