namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// The operations of one value of a register, as far as an order of values needs them: the one that returned
/// first and the one that began last. The value must stand from the first return to the last start, if these
/// are in that order (a forward zone); else it may stand for an instant anywhere between them (a backward
/// zone).
/// </summary>
internal struct Zone
{
    /// <summary>The write's history index; -1 for the initial value.</summary>
    public int Write;

    /// <summary>Which operation returned first, by history index; -1 for the initial value.</summary>
    public int First;

    /// <summary>Which operation began last, by history index; -1 for an initial value that nobody
    /// read.</summary>
    public int Last;

    /// <summary>Position of the first return; <see cref="int.MaxValue"/> where nothing returned.</summary>
    public int FirstReturn;

    /// <summary>Position of the last start.</summary>
    public int LastStart;

    /// <summary>How many reads returned the value.</summary>
    public int Reads;

    /// <summary>True when the value must stand over a stretch of time.</summary>
    public readonly bool IsForward => FirstReturn < LastStart;

    /// <summary>True for a pending write that nobody read: as if it had never been.</summary>
    public readonly bool IsDropped => FirstReturn == int.MaxValue;

    /// <summary>Takes one more operation in.</summary>
    public void Add(int operation, int start, int returned)
    {
        if (returned < FirstReturn)
            (First, FirstReturn) = (operation, returned);
        if (start > LastStart)
            (Last, LastStart) = (operation, start);
    }
}
