using System.Diagnostics;
using System.Text.Json;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Workers;

/// <summary>A worker, seen from the process that asks. It ends with ours, however that ends: it lives as long
/// as the pipe to it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly Process _process;

    /// <summary>Starts one.</summary>
    /// <exception cref="WorkerFailedException">It does not start.</exception>
    public WorkerProcess(WorkerCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // What an application takes for the local time is not the machine's either.
        start.Environment["TZ"] = "UTC";
        _process = Process.Start(start)
            ?? throw new WorkerFailedException($"{command.Program} did not start as a worker");
    }

    /// <summary>How many jobs it has answered.</summary>
    public int Answers { get; private set; }

    /// <summary>Whether it lives, and nothing went wrong with its last job or was found there.</summary>
    public bool IsSound { get => field && !_process.HasExited; private set; }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="WorkerFailedException">It died, or what came is no answer.</exception>
    public (WorkerReply Reply, History History) Ask(WorkerJob job)
    {
        IsSound = false;
        try
        {
            WorkerFrames.Write(_process.StandardInput.BaseStream, job);
            var answers = _process.StandardOutput.BaseStream;
            if (WorkerFrames.Read<WorkerReply>(answers) is { } reply
                && WorkerFrames.ReadBytes(answers) is { } history)
            {
                Answers++;
                var answer = (reply, Read(history));
                IsSound = reply is { Mistake: null, Failure: null, Findings.Count: 0 };
                return answer;
            }
        }
        catch (IOException)
        {
            // It died before it had read the request.
        }
        catch (Exception garbage)
            when (garbage is InvalidDataException or JsonException or UserMistakeException)
        {
            throw new WorkerFailedException(
                "wrote to its output what is no answer, and was ended; native code may print there");
        }

        throw new WorkerFailedException($"died ({HowItEnded()})");
    }

    /// <summary>Ends it at once, whatever it does: one that hangs hears nobody.</summary>
    public void Kill()
    {
        IsSound = false;
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Lets it end.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself, with a request unread.
        }

        if (!_process.WaitForExit(Patience))
            Kill();
        _process.Dispose();
    }

    static History Read(byte[] history)
    {
        if (history.Length == 0)
            return new HistoryBuilder().Build();
        using var stream = new MemoryStream(history);
        var options = new ReadOptions { Format = HistoryFormats.Ours };
        return HistoryFile.Read(stream, "the worker's history", options).History;
    }

    string HowItEnded() =>
        _process.WaitForExit(Patience) ? $"exit code {_process.ExitCode}" : "its pipe closed";
}
