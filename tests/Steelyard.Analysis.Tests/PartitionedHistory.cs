using Steelyard.Histories;

namespace Steelyard.Analysis.Tests;

/// <summary>Builds histories with a partition of n1 n2 from n3, one request at a time, 10 ms apart.</summary>
internal sealed class PartitionedHistory
{
    readonly HistoryBuilder _builder = new();
    int _process;

    public long NowNs { get; private set; }

    public PartitionedHistory Ask(
        string node, Outcome outcome, long latencyNs = 1_000_000, string? error = null)
    {
        NowNs += 10_000_000;
        var operation = _builder.Invoke(_process++, Functions.Read, Value.Nil, Value.Nil, NowNs, node: node);
        if (outcome != Outcome.Open)
            _builder.Complete(operation, outcome, Value.Nil, NowNs + latencyNs, error);
        return this;
    }

    public PartitionedHistory Cut(params IReadOnlyList<IReadOnlyList<string>> sides) =>
        Fault(FaultPhase.Start, "partition", sides.Count > 0 ? sides : [["n1", "n2"], ["n3"]]);

    public PartitionedHistory Mend() => Fault(FaultPhase.End, "partition", []);

    public PartitionedHistory Heal()
    {
        _builder.Mark(HistoryPhase.Heal, NowNs);
        return this;
    }

    public History Build() => _builder.Build();

    PartitionedHistory Fault(FaultPhase phase, string kind, IReadOnlyList<IReadOnlyList<string>> sides)
    {
        _builder.Add(new FaultEvent
        {
            TimeNs = NowNs,
            Phase = phase,
            Kind = kind,
            Fault = phase == FaultPhase.Instant ? -1 : 0,
            Description = kind,
            Sides = sides,
        });
        return this;
    }
}
