using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>The operations of one register, each read with its write.</summary>
internal sealed class RegisterPart
{
    readonly Dictionary<Value, int> _writers = [];
    readonly HashSet<Value> _twice = [];
    readonly History _history;

    RegisterPart(History history) => _history = history;

    /// <summary>By invocation, the initial value first; without pending writes that nobody read.</summary>
    public List<RegisterOperation> Operations { get; } = [RegisterOperation.Initial];

    /// <summary>A read of what nobody wrote or had yet begun to write, or null.</summary>
    public Anomaly? Contradiction { get; private set; }

    /// <summary>Why nothing can be said, or null.</summary>
    public string? Undecidable { get; private set; }

    /// <summary>How many reads there were.</summary>
    public int Reads { get; private set; }

    public static RegisterPart Of(Model model, History history, List<int> part)
    {
        var register = new RegisterPart(history);
        foreach (var index in part)
            register.TakeWrite(model, history[index]);
        var read = new HashSet<int>();
        var versions = new int[part.Count];
        for (var i = 0; i < part.Count && register.Undecidable is null; i++)
            read.Add(versions[i] = register.VersionOf(model, history[part[i]]));
        for (var i = 0; i < part.Count && register.Undecidable is null; i++)
            if (history[part[i]].Outcome == Outcome.Ok || read.Contains(part[i]))
                register.Operations.Add(register.Of(history[part[i]], versions[i]));
        return register;
    }

    RegisterOperation Of(Operation operation, int version) => new(
        operation.Index, operation.InvokedAt,
        operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue,
        version == NotRead ? operation.Index : version);

    const int NotRead = -2;

    void TakeWrite(Model model, Operation operation)
    {
        if (model.AccessOf(operation) is not { } access)
            Undecidable ??= $"operation {operation.RecordedIndex} is neither a read nor a write of a"
                + " plain value";
        else if (access.IsWrite && !_writers.TryAdd(access.Value, operation.Index))
            _twice.Add(access.Value);
    }

    int VersionOf(Model model, Operation operation)
    {
        var (isWrite, value) = model.AccessOf(operation)!.Value;
        if (isWrite)
            return NotRead;
        Reads++;
        var isInitial = value == model.InitialValue(operation.Key);
        if (!_writers.TryGetValue(value, out var writer))
        {
            if (!isInitial)
                Contradiction ??= Broken(operation, value, "which nobody wrote", operation.Index);
            return RegisterOperation.Initial.Version;
        }

        if (isInitial || _twice.Contains(value))
            Undecidable ??= $"operation {operation.RecordedIndex} read {value}, which operation"
                + $" {_history[writer].RecordedIndex} wrote and"
                + $" {(isInitial ? "which stood there at first" : "another wrote as well")}";
        if (operation.CompletedAt < _history[writer].InvokedAt)
            Contradiction ??= Broken(
                operation, value, "before its write began", operation.Index, writer);
        return writer;
    }

    static Anomaly Broken(Operation read, Value value, string what, params int[] witness) => new(
        "", $"process {read.ProcessName} read {value} from {SessionFinding.Named(read.Key)},"
        + $" {what}", witness);
}
