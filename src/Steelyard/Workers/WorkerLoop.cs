using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Workers;

/// <summary>The worker's side: runs what it is asked for, one after the other, until nobody is there to
/// ask.</summary>
internal sealed class WorkerLoop
{
    // As hunts give their own threads.
    const int StackBytes = 16 << 20;

    readonly DesignCatalogue _designs;
    readonly IWorld _world;
    readonly Stream _answers;

    WorkerLoop(DesignCatalogue designs, IWorld world, Stream answers)
    {
        _designs = designs;
        _world = world;
        _answers = answers;
    }

    /// <summary>Makes this process a worker; returns when whoever started it is gone.</summary>
    /// <param name="designs">The designs it may be asked for.</param>
    /// <param name="world">Where it runs them.</param>
    public static int Run(DesignCatalogue designs, IWorld world)
    {
        var requests = Console.OpenStandardInput();
        var answers = Console.OpenStandardOutput();
        // What a design prints must not get between the answers.
        Console.SetOut(Console.Error);
        // Ctrl-C reaches every process of the terminal, and what timeout sends all of the group; the one that
        // started us says what is to end, and ends us with the pipe.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        Run(designs, world, requests, answers);
        return 0;
    }

    static void Ignore(PosixSignalContext signal) => signal.Cancel = true;

    /// <summary>The same, between two streams. Neither is closed: whoever asked may be gone with the last
    /// answer before the thread that wrote it has flushed it. The end of the process closes them.</summary>
    internal static void Run(
        DesignCatalogue designs, IWorld world, Stream requests, Stream answers)
    {
        var loop = new WorkerLoop(designs, world, answers);
        var jobs = new BlockingCollection<WorkerJob>();
        // Here is only listened, so that the end of the pipe is noticed during a run that hangs.
        new Thread(() => loop.Work(jobs), StackBytes) { IsBackground = true }.Start();
        while (WorkerFrames.Read<WorkerJob>(requests) is { } job)
            jobs.Add(job);
    }

    void Work(BlockingCollection<WorkerJob> jobs)
    {
        try
        {
            foreach (var job in jobs.GetConsumingEnumerable())
            {
                var (reply, history) = Answer(job);
                WorkerFrames.Write(_answers, reply);
                WorkerFrames.WriteBytes(_answers, history);
            }
        }
        catch (IOException)
        {
            // Whoever asked is gone in mid-answer: the end of its requests ends this process as well.
        }
    }

    (WorkerReply Reply, byte[] History) Answer(WorkerJob job)
    {
        try
        {
            var run = Execute(job);
            using var history = new MemoryStream();
            JsonlWriter.Write(history, run.History);
            var reply = new WorkerReply
            {
                ScheduleHash = run.ScheduleHash,
                IsPartial = run.IsPartial,
                Counters = run.Counters,
                End = run.End,
                Findings = [.. run.Findings.Select(Finding.Of)],
                States = [.. run.States.Select(ShownState.Of)],
                Notes = run.Notes,
                Failures = run.Failures,
            };
            return (reply, history.ToArray());
        }
        catch (UserMistakeException mistake)
        {
            return (new() { Mistake = mistake.Message }, []);
        }
        catch (DesignFailedException failure)
        {
            return (new() { Failure = failure.Message, Place = failure.Place }, []);
        }
#pragma warning disable CA1031 // Not swallowed: the process that asked fails with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (new() { Failure = $"{failure.GetType().Name}: {failure.Message}" }, []);
        }
    }

    WorldRun Execute(WorkerJob job)
    {
        var request = ScenarioFile.Parse(job.Spec, "the worker's spec", _designs);
        if (job.Folder is { } folder)
            return Leave(request, folder);
        return DesignFailedException.Guard(request.Spec, () =>
        {
            var scenario = request.Build();
            var plan = request.Faults.PlanFor(scenario, request.Seed);
            return _world.Execute(
                scenario, plan, request.Seed, RunControl.None, request.Spec.EndPoint);
        });
    }

    WorldRun Leave(RunRequest request, string folder)
    {
        var trace = new RunTrace();
        var result = Runs.Run.Execute(request, _world, new() { Trace = trace, States = trace });
        try
        {
            RunFolder.Make(folder, request).Write(result, trace);
            return result.World;
        }
        catch (CannotWriteException problem)
        {
            // What was run is worth more than its files.
            return result.World with { Notes = [.. result.World.Notes, problem.Message] };
        }
    }
}
