using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Consensus;

/// <summary>What one entry of the log carries to the machine. Shared by reference between servers, so it
/// never changes.</summary>
public abstract class LogCommand
{
    /// <summary>Bytes it takes on the wire.</summary>
    public abstract int SizeBytes { get; }
}

/// <summary>The machine's whole state as of some index. Shared by reference between servers, so it never
/// changes.</summary>
public abstract class MachineState
{
    /// <summary>Bytes it takes on the wire.</summary>
    public abstract int SizeBytes { get; }
}

/// <summary>
/// The state machine of a server: <see cref="RaftServer"/> steps it through the log, and asks it how its
/// commands and states are written on a disk.
/// </summary>
public interface IReplicatedMachine
{
    /// <summary>An entry is to be applied; each once, in order of index, without a gap.</summary>
    /// <param name="index">Its place in the log.</param>
    /// <param name="command">What was proposed; null for an entry of Raft's own.</param>
    void Apply(long index, LogCommand? command);

    /// <summary>What was applied after an index never was: another leader went on without it. Happens only
    /// where entries are applied before a quorum has them (<see cref="Acknowledgement"/>).</summary>
    void TakeBack(long index);

    /// <summary>The state as of an index that was applied and will never be taken back.</summary>
    MachineState Snapshot(long index);

    /// <summary>A state takes the place of everything.</summary>
    /// <param name="index">The last index that the state reflects.</param>
    /// <param name="state">The state; null is the initial one.</param>
    void Restore(long index, MachineState? state);

    /// <summary>This server leads no more: whether what it proposed and has not applied lasts is for others
    /// to say.</summary>
    void StepDown();

    /// <summary>Writes a command into a record of the journal.</summary>
    void Write(RecordWriter record, LogCommand command);

    /// <summary>Reads a command that <see cref="Write(RecordWriter, LogCommand)"/> wrote.</summary>
    LogCommand ReadCommand(ref RecordReader record);

    /// <summary>Writes a state into a record of the journal.</summary>
    void Write(RecordWriter record, MachineState state);

    /// <summary>Reads a state that <see cref="Write(RecordWriter, MachineState)"/> wrote.</summary>
    MachineState ReadState(ref RecordReader record);
}
