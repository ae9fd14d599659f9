using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.Raft;

/// <content>The machine as the log sees it: requests in its entries, and values in its snapshots.</content>
internal sealed partial class RaftNode : IReplicatedMachine
{
    /// <inheritdoc/>
    void IReplicatedMachine.Apply(long index, LogCommand? command)
    {
        Completion? answer = null;
        if (command is LoggedRequest logged)
            answer = _machine.Apply(logged.Id, logged.Command);
        AnswerWrite(index, answer);
    }

    /// <inheritdoc/>
    void IReplicatedMachine.TakeBack(long index) =>
        throw new InvalidOperationException("what a quorum has is never taken back");

    /// <inheritdoc/>
    MachineState IReplicatedMachine.Snapshot(long index) => new SessionState(_machine.Snapshot());

    /// <inheritdoc/>
    void IReplicatedMachine.Restore(long index, MachineState? state)
    {
        _machine = NewMachine();
        var value = state is SessionState sessions ? sessions.Value : Value.Nil;
        _machine.Restore(value, withSessions: _bug != RaftBug.ApplyTwiceAfterRestart);
    }

    /// <inheritdoc/>
    void IReplicatedMachine.StepDown() => RefuseWrites();

    /// <inheritdoc/>
    void IReplicatedMachine.Write(RecordWriter record, LogCommand command)
    {
        var logged = (LoggedRequest)command;
        record
            .Add(logged.Id.Session)
            .Add(logged.Id.Number)
            .Add(logged.Command.Function)
            .Add(logged.Command.Key)
            .Add(logged.Command.Input);
    }

    /// <inheritdoc/>
    LogCommand IReplicatedMachine.ReadCommand(ref RecordReader record)
    {
        var id = new RequestId(record.Number(), record.Number());
        return new LoggedRequest(id, new(record.Text(), record.Value(), record.Value()));
    }

    /// <inheritdoc/>
    void IReplicatedMachine.Write(RecordWriter record, MachineState state) =>
        record.Add(((SessionState)state).Value);

    /// <inheritdoc/>
    MachineState IReplicatedMachine.ReadState(ref RecordReader record) => new SessionState(record.Value());

    sealed class LoggedRequest(RequestId id, Command command) : LogCommand
    {
        public RequestId Id { get; } = id;

        public Command Command { get; } = command;

        public override int SizeBytes { get; } = 8 + command.SizeBytes;
    }

    sealed class SessionState(Value value) : MachineState
    {
        public Value Value { get; } = value;

        public override int SizeBytes { get; } = Message.SizeOf(value);
    }
}
