using System.Diagnostics;
using Steelyard.Files;
using Steelyard.Formats;
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
public sealed class WorkerWorld(
    WorkerCommand command, RunSpec spec,
    int seedsPerProcess = WorkerWorld.DefaultSeedsPerProcess)
    : IWorld, IDisposable
{
    /// <summary>How many runs a process does that is not asked to be fresh: enough to make its start cheap,
    /// few enough to bound what runs leave behind in it.</summary>
    public const int DefaultSeedsPerProcess = 200;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    Process? _process;
    int _seeds;

    /// <summary>Whatever the worker runs: it says so itself when asked for what it does not.</summary>
    public bool CanRun(Deployment deployment) => true;

    /// <inheritdoc/>
    /// <remarks>The session throws <see cref="WorkerFailedException"/> when the run throws, or the process
    /// dies.</remarks>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        new WorkerSession(until => Execute(plan, seed, control, until), control.Cancellation);

    WorldRun Execute(FaultPlan plan, Seed seed, RunControl control, RunPoint until)
    {
        var process = _process ??= Start();
        // A worker that hangs hears nobody, so whoever is done waiting ends it.
        using var stop = control.Cancellation.Register(() => Kill(process));
        var answer = Ask(process, ScenarioFile.Write(SpecOf(plan, seed, until), folder: null));
        if (answer is not var (reply, history))
        {
            if (control.Cancellation.IsCancellationRequested)
                return Nothing();
            var death = Died(seed);
            // The next seed gets a process that lives.
            Dispose();
            throw death;
        }

        if (reply.Mistake is { } mistake)
            throw new UserMistakeException(mistake);
        if (reply.Failure is { } failure)
            throw new WorkerFailedException(failure) { Place = reply.Place };
        if (++_seeds >= seedsPerProcess)
            Dispose();
        return new(history, reply.ScheduleHash, reply.IsPartial, reply.Counters, reply.End)
        {
            Findings = [.. reply.Findings.Select(finding => finding.ToVerdict())],
            States = [.. reply.States.Select(state => state.ToState())],
        };
    }

    /// <summary>Ends its process.</summary>
    public void Dispose()
    {
        if (_process is not { } process)
            return;
        _process = null;
        _seeds = 0;
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself, with a request unread.
        }

        if (!process.WaitForExit(Patience))
            Kill(process);
        process.Dispose();
    }

    static (WorkerReply Reply, History History)? Ask(Process process, string job)
    {
        try
        {
            WorkerFrames.WriteText(process.StandardInput.BaseStream, job);
            if (WorkerFrames.Read<WorkerReply>(process.StandardOutput.BaseStream) is not { } reply
                || WorkerFrames.ReadBytes(process.StandardOutput.BaseStream) is not { } history)
                return null;
            return (reply, Read(history));
        }
        catch (IOException)
        {
            // It died before it had read the request.
            return null;
        }
    }

    static History Read(byte[] history)
    {
        if (history.Length == 0)
            return new HistoryBuilder().Build();
        using var stream = new MemoryStream(history);
        var options = new ReadOptions { Format = HistoryFormats.Ours };
        return HistoryFile.Read(stream, "the worker's history", options).History;
    }

    static WorldRun Nothing() =>
        new(new HistoryBuilder().Build(), 0, IsPartial: true, new(), TimeSpan.Zero);

    static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    RunSpec SpecOf(FaultPlan plan, Seed seed, RunPoint until) => spec.To(until) with
    {
        Assembly = spec.Assembly is { } assembly ? Path.GetFullPath(assembly) : null,
        Faults = FaultChoice.Of(spec.Faults.Name, plan),
        Seed = seed,
    };

    WorkerFailedException Died(Seed seed)
    {
        var ended = _process!.WaitForExit(Patience) ? $"exit code {_process.ExitCode}" : "its pipe closed";
        return new($"the process that ran seed {seed} of {spec.Design} died ({ended})");
    }

    Process Start()
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return Process.Start(start)
            ?? throw new WorkerFailedException($"{command.Program} did not start as a worker");
    }
}

/// <summary>A worker's run threw, or its process died: a bug of the design or of ours.</summary>
/// <param name="message">What it said.</param>
public sealed class WorkerFailedException(string message) : Exception(message)
{
    /// <summary>Where in the user's source, <c>at Type.Method in File.cs:31</c>; null where nobody
    /// knows.</summary>
    public string? Place { get; init; }
}
