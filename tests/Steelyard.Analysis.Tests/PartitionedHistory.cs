using Steelyard.Histories;

namespace Steelyard.Analysis.Tests;

/// <summary>Builds histories with a partition of n1 n2 from n3, one request at a time, 10 ms apart.</summary>
internal sealed class PartitionedHistory
{
    // Between two requests: one that is due as a cut begins is due during it.
    const long BetweenNs = 5_000_000;

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

    /// <summary>A request that was due now, and given up so much later without having been sent.</summary>
    public PartitionedHistory NeverSent(string node, long givenUpNs = 1_000_000)
    {
        NowNs += 10_000_000;
        var operation = _builder.Invoke(
            _process++, Functions.Read, Value.Nil, Value.Nil, NowNs + givenUpNs, NowNs, node,
            OperationTraits.Unsent);
        _builder.Complete(operation, Outcome.Fail, Value.Nil, NowNs + givenUpNs, "never sent");
        return this;
    }

    /// <summary>The life of a session.</summary>
    public PartitionedHistory Session(string node, long lengthNs)
    {
        NowNs += 10_000_000;
        var operation = _builder.Invoke(
            _process++, "stay", Value.Nil, Value.Nil, NowNs, node: node, traits: OperationTraits.Session);
        _builder.Complete(operation, Outcome.Ok, Value.Nil, NowNs + lengthNs);
        return this;
    }

    public PartitionedHistory Cut(params IReadOnlyList<IReadOnlyList<string>> sides) =>
        Fault(FaultPhase.Start, "partition", sides.Count > 0 ? sides : [["n1", "n2"], ["n3"]]);

    public PartitionedHistory Mend() => Fault(FaultPhase.End, "partition", []);

    /// <summary>Something that is no cut begins at a node, or on links where none is named.</summary>
    public PartitionedHistory Hit(string kind, params IReadOnlyList<string> nodes) =>
        Other(FaultPhase.Start, kind, nodes);

    /// <summary>It ends.</summary>
    public PartitionedHistory Over(string kind) => Other(FaultPhase.End, kind, []);

    public PartitionedHistory Wait(TimeSpan time)
    {
        NowNs += time.Ticks * TimeSpan.NanosecondsPerTick;
        return this;
    }

    public PartitionedHistory Heal()
    {
        _builder.Mark(HistoryPhase.LoadEnd, NowNs + BetweenNs);
        _builder.Mark(HistoryPhase.Heal, NowNs + BetweenNs);
        return this;
    }

    public History Build() => _builder.Build();

    PartitionedHistory Fault(FaultPhase phase, string kind, IReadOnlyList<IReadOnlyList<string>> sides)
    {
        _builder.Add(new FaultEvent
        {
            TimeNs = NowNs + BetweenNs,
            Phase = phase,
            Kind = kind,
            Fault = phase == FaultPhase.Instant ? -1 : 0,
            Description = kind,
            Cuts = LinksCut.Between(sides),
        });
        return this;
    }

    PartitionedHistory Other(FaultPhase phase, string kind, IReadOnlyList<string> nodes)
    {
        _builder.Add(new FaultEvent
        {
            TimeNs = NowNs + BetweenNs,
            Phase = phase,
            Kind = kind,
            Fault = 1,
            Description = kind,
            Nodes = nodes,
        });
        return this;
    }
}
