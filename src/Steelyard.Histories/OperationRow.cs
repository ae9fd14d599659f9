namespace Steelyard.Histories;

/// <summary>The stored form of an operation: 88 bytes of columns; names and keys are interned by the
/// history.</summary>
internal struct OperationRow
{
    public Value Input;
    public Value Output;
    public long IntendedNs;
    public long InvokedNs;
    public long CompletedNs;
    public int Process;
    public int Key;
    public int InvokedAt;
    public int CompletedAt;
    public int Error;
    public int Node;
    public int Function;
    public Outcome Outcome;
    public OperationTraits Traits;
}
