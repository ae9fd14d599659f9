namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>A read or write of a register, with the write it belongs to.</summary>
/// <param name="Operation">Its history index; -1 for the initial value.</param>
/// <param name="Start">Position of the invocation.</param>
/// <param name="Finish">Position of the return; <see cref="int.MaxValue"/> where there is none.</param>
/// <param name="Version">History index of the write that it is or read; -1 for the initial value.</param>
internal readonly record struct RegisterOperation(int Operation, int Start, int Finish, int Version)
{
    /// <summary>True for the write, false for a read of it.</summary>
    public bool IsWrite => Operation == Version;

    /// <summary>What stood there first, as a write before all.</summary>
    public static RegisterOperation Initial { get; } = new(-1, -2, -1, -1);
}
