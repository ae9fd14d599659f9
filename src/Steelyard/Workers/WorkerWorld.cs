using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Workers;

/// <summary>
/// A world in a process of its own. It is sent what determines a run and sends back what came of it, so a
/// hunt can run scenarios on all cores that want a whole process for themselves. Tracing and progress stay
/// there. The process ends with ours, however that ends: it lives as long as the pipe to it.
/// </summary>
/// <param name="command">What starts a worker.</param>
/// <param name="spec">What the scenarios are made of that it will be given.</param>
/// <param name="seedsPerProcess">How many runs a process does before a fresh one takes over; 1 gives every
/// run its own.</param>
internal sealed class WorkerWorld(
    WorkerCommand command, RunSpec spec,
    int seedsPerProcess = WorkerWorld.DefaultSeedsPerProcess)
    : IWorld, IDisposable
{
    /// <summary>How many runs a process does that is not asked to be fresh: enough to make its start cheap,
    /// few enough to bound what runs leave behind in it.</summary>
    public const int DefaultSeedsPerProcess = 200;

    WorkerProcess? _process;

    /// <summary>Whether processes of sound runs wait for the next world of the same program, when this one is
    /// put away.</summary>
    internal bool SharesProcesses { get; init; }

    /// <summary>The folder in which the worker leaves the page and the files of a run, messages and logs
    /// included; null is none.</summary>
    public string? LeavesIn { get; init; }

    /// <summary>Whatever the worker runs: it says so itself when asked for what it does not.</summary>
    public bool CanRun(Deployment deployment) => true;

    /// <inheritdoc/>
    /// <remarks>The session throws <see cref="WorkerFailedException"/> when the run throws, or the process
    /// dies.</remarks>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        new WorkerSession(until => Execute(plan, seed, control, until), control.Cancellation);

    WorldRun Execute(FaultPlan plan, Seed seed, RunControl control, RunPoint until)
    {
        var process = _process ??= SharesProcesses ? IdleWorkers.TakeOrStart(command) : new(command);
        // A worker that hangs hears nobody, so whoever is done waiting ends it.
        using var stop = control.Cancellation.Register(process.Kill);
        if (Ask(process, plan, seed, control, until) is not var (reply, history))
            return Nothing();
        if (process.Answers >= seedsPerProcess)
            End();
        if (reply.Mistake is { } mistake)
            throw new UserMistakeException(mistake);
        if (reply.Failure is { } failure)
            throw new WorkerFailedException(failure) { Place = reply.Place };
        return new(history, reply.ScheduleHash, reply.IsPartial, reply.Counters, reply.End)
        {
            Findings = [.. reply.Findings.Select(finding => finding.ToVerdict())],
            States = [.. reply.States.Select(state => state.ToState())],
            Notes = reply.Notes,
            Failures = reply.Failures,
        };
    }

    /// <summary>Ends its process, or leaves it to the next world.</summary>
    public void Dispose()
    {
        if (SharesProcesses && _process is { } process)
        {
            IdleWorkers.Return(command, process);
            _process = null;
        }

        End();
    }

    void End()
    {
        _process?.Dispose();
        _process = null;
    }

    // Null when it was stopped from outside before it had answered.
    (WorkerReply Reply, History History)? Ask(
        WorkerProcess process, FaultPlan plan, Seed seed, RunControl control, RunPoint until)
    {
        try
        {
            var job = ScenarioFile.Write(SpecOf(plan, seed, until), folder: null);
            return process.Ask(new(job, LeavesIn));
        }
        catch (WorkerFailedException failure)
        {
            // Whatever it may still say is no answer to the next seed, which gets a process that lives.
            process.Kill();
            End();
            if (control.Cancellation.IsCancellationRequested)
                return null;
            throw new WorkerFailedException(
                $"the process that ran seed {seed} of {spec.Design} {failure.Message}");
        }
    }

    static WorldRun Nothing() =>
        new(new HistoryBuilder().Build(), 0, IsPartial: true, new(), TimeSpan.Zero);

    RunSpec SpecOf(FaultPlan plan, Seed seed, RunPoint until) => spec.To(until) with
    {
        Assembly = spec.Assembly is { } assembly ? Path.GetFullPath(assembly) : null,
        Faults = FaultChoice.Of(spec.Faults.Name, plan),
        Seed = seed,
    };
}

/// <summary>A worker's run threw, or its process died: a bug of the design or of ours.</summary>
/// <param name="message">What it said.</param>
internal sealed class WorkerFailedException(string message) : Exception(message)
{
    /// <summary>Where in the user's source, <c>at Type.Method in File.cs:31</c>; null where nobody
    /// knows.</summary>
    public string? Place { get; init; }
}
