using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Recording.Writing;

/// <summary>A recording whose events are done again one by one, among those of others.</summary>
internal sealed class TimedRecording
{
    readonly List<HistoryEntry> _entries;
    readonly int[] _operations;
    HistoryBuilder? _builder;
    long _aheadNs;
    int _firstProcess;
    int _at;

    /// <exception cref="UserMistakeException">It is no recording.</exception>
    public TimedRecording(string path)
    {
        Path = path;
        var read = HistoryFile.Read(path, new ReadOptions { KeepPartial = true });
        Origin = read.Origin ?? throw new UserMistakeException(
            $"{path}: expected a recording, which says when it began; found a history that does not");
        (History, IsCut) = (read.History, read.IsPartial);
        // Phases are of one process's load, not of all.
        _entries = [.. HistoryEvents.Of(History).Where(entry => entry.Phase is null)];
        _operations = new int[History.Count];
    }

    public string Path { get; }

    public RecordingOrigin Origin { get; }

    public History History { get; }

    public bool IsCut { get; }

    /// <summary>When its last event was, by the clock of the machine.</summary>
    public long LastNs => Origin.ClockNs + (_entries.Count == 0 ? 0 : TimeOf(_entries[^1]));

    public bool IsDone => _at == _entries.Count;

    /// <summary>When its next event was, by the clock of the machine.</summary>
    public long NextNs => Origin.ClockNs + TimeOf(_entries[_at]);

    public bool NextIsCompletion => _entries[_at].IsCompletion;

    /// <summary>Says where its events are done again.</summary>
    /// <param name="builder">Where.</param>
    /// <param name="startNs">What is time 0 there, by the clock of the machine.</param>
    /// <param name="firstProcess">The first process that no other has.</param>
    /// <returns>The first process that none has then.</returns>
    public int Begin(HistoryBuilder builder, long startNs, int firstProcess)
    {
        (_builder, _aheadNs, _firstProcess) = (builder, Origin.ClockNs - startNs, firstProcess);
        return History.Count == 0
            ? firstProcess
            : checked(firstProcess + History.Operations.Max(operation => operation.Process) + 1);
    }

    /// <summary>Does its next event again.</summary>
    public void Repeat()
    {
        var entry = _entries[_at];
        var timeNs = TimeOf(entry) + _aheadNs;
        _at++;
        if (entry.Fault is { } fault)
        {
            _builder!.Add(fault with { TimeNs = timeNs });
            return;
        }

        var operation = History[entry.Operation];
        if (entry.IsCompletion)
            _builder!.Complete(
                _operations[entry.Operation], operation.Outcome, operation.Output, timeNs, operation.Error);
        else
            _operations[entry.Operation] = _builder!.Invoke(
                _firstProcess + operation.Process, operation.Function, operation.Key, operation.Input, timeNs,
                operation.IntendedNs + _aheadNs, operation.Node, operation.Traits);
    }

    long TimeOf(HistoryEntry entry)
    {
        if (entry.Fault is { } fault)
            return fault.TimeNs;
        var operation = History[entry.Operation];
        return entry.IsCompletion ? operation.CompletedNs : operation.InvokedNs;
    }
}
