namespace Steelyard.Histories;

/// <summary>
/// One operation: an invocation and, perhaps, its completion. A view into a <see cref="History"/>: copying it
/// is free.
/// </summary>
/// <remarks>
/// Real-time order is the order of positions: operation A precedes B when
/// <c>A.CompletedAt &lt; B.InvokedAt</c>. Times (nanoseconds) only measure; a recorded history may have none.
/// </remarks>
public readonly struct Operation
{
    readonly History _history;

    internal Operation(History history, int index)
    {
        _history = history;
        Index = index;
    }

    ref readonly OperationRow Row => ref _history.Row(Index);

    /// <summary>Its place among the history's operations, by invocation; 0-based.</summary>
    public int Index { get; }

    /// <summary>The index by which people find it, and by which sentences, pages and JSON name it: its place
    /// in the file, counted from 0. That of its invocation among the events (<c>:index</c> in Jepsen's
    /// recordings, <c>index</c> in ours), or of its line where a whole operation stands on each.</summary>
    public long RecordedIndex => _history.RecordedIndex(Index);

    /// <summary>The single-threaded identity that invoked it; retired after an Info.</summary>
    public int Process => Row.Process;

    /// <summary>What that process is called: the name it had where the history comes from, or else its
    /// number.</summary>
    public string ProcessName => _history.ProcessName(Row.Process);

    /// <summary>What was asked, one of <see cref="Functions"/> or a name of the user's.</summary>
    public string Function => _history.Text(Row.Function)!;

    /// <summary>What it was asked of: a register, a map key, a room; nil where the model has only
    /// one.</summary>
    public Value Key => _history.Key(Row.Key);

    /// <summary>The argument; nil when there is none.</summary>
    public Value Input => Row.Input;

    /// <summary>The result; nil unless <see cref="Outcome"/> is Ok, or a Fail that tells something.</summary>
    public Value Output => Row.Output;

    /// <summary>How it ended.</summary>
    public Outcome Outcome => Row.Outcome;

    /// <summary>Position of the invocation among all events of the history; unique, 0-based.</summary>
    public int InvokedAt => Row.InvokedAt;

    /// <summary>Position of the completion; <see cref="int.MaxValue"/> when Open. An Info ends here for its
    /// process only: its effect may come later.</summary>
    public int CompletedAt => Row.CompletedAt;

    /// <summary>When the invocation was due (open workloads), in ns; latency is measured from here.</summary>
    public long IntendedNs => Row.IntendedNs;

    /// <summary>When it was invoked, in ns of the run; 0 when the recording has no times.</summary>
    public long InvokedNs => Row.InvokedNs;

    /// <summary>When it completed, in ns of the run; 0 when the recording has no times or it never
    /// did.</summary>
    public long CompletedNs => Row.CompletedNs;

    /// <summary>The node the client stands beside (cut off with it by a partition), or the one it was told to
    /// ask (a replica's final read); null when unknown.</summary>
    public string? Node => _history.Text(Row.Node);

    /// <summary>Why it did not end Ok, in the client's words, or null.</summary>
    public string? Error => _history.Text(Row.Error);

    /// <summary>What it is besides what was asked.</summary>
    public OperationTraits Traits => Row.Traits;

    /// <summary>False when it was due and never sent: its client was busy or had retired until it was given
    /// up. Such an operation is a Fail; it is invoked where it was given up.</summary>
    public bool IsSent => !Row.Traits.HasFlag(OperationTraits.Unsent);

    /// <summary>True for the life of a session or a connection: no request, and its length no
    /// latency.</summary>
    public bool IsSession => Row.Traits.HasFlag(OperationTraits.Session);

    /// <summary>True when it was told to ask <see cref="Node"/> and no other; false when the client beside
    /// that node was free to choose.</summary>
    public bool IsTargeted => Row.Traits.HasFlag(OperationTraits.Targeted);

    /// <summary>True when nobody said who invoked it: its process was lent to it alone, and what that process
    /// did before and after is nobody's session.</summary>
    public bool IsLone => Row.Traits.HasFlag(OperationTraits.Lone);

    /// <summary>True when its recorder says that it was asked at the very end, when everything had had time
    /// to spread.</summary>
    public bool IsFinal => Row.Traits.HasFlag(OperationTraits.Final);

    /// <summary>True when it was answered without error, however late: it ended Ok, or it is a
    /// compare-and-set that was told its compare did not match.</summary>
    public bool IsAnswered => IsSent && Functions.IsAnswer(Function, Outcome, Error);

    /// <summary>True for a request of the load: due before the load ended, and no session. Final reads are
    /// none. In a history without phases every operation but sessions is one.</summary>
    public bool IsRequest =>
        !IsSession && (_history.Phases.LoadEnd is not { } end || Row.IntendedNs < end.TimeNs);

    /// <summary>True when it may have taken effect: Ok, Info or Open.</summary>
    public bool MayHaveHappened => Row.Outcome != Outcome.Fail;

    /// <summary>As people write it: <c>process 3: write x 7 → ok</c>.</summary>
    public override string ToString()
    {
        var key = Key.IsNil ? "" : $" {Key}";
        var input = Input.IsNil ? "" : $" {Input}";
        var output = Output.IsNil ? "" : $" {Output}";
        var why = Error is null ? "" : $" ({Error})";
        var outcome = Outcome.ToString().ToLowerInvariant();
        return $"process {ProcessName}: {Function}{key}{input} → {outcome}{output}{why}";
    }
}
