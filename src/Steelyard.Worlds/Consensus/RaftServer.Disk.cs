using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Consensus;

/// <content>The disk: term, vote, entries and snapshot are records of one journal, and nothing is promised
/// before they are durable (thesis section 3.8).</content>
public sealed partial class RaftServer
{
    const int TermRecord = 1;
    const int EntryRecord = 2;
    const int SnapshotRecord = 3;

    const int OfNothing = 0;
    const int OfCommand = 1;
    const int OfConfiguration = 2;

    bool _isWritingDue;

    void SaveTermAndVote() => WriteTerm(_journal.Add());

    void WriteTerm(RecordWriter record) => record
        .Add(TermRecord)
        .Add(_term)
        .Add(_options.Bug == RaftBug.ForgetVote ? Nobody : _votedFor)
        .Add(_canVote ? 1 : 0)
        .End();

    void AddEntry(RaftEntry entry)
    {
        _log.Add(entry);
        WriteEntry(_journal.Add(), _log.LastIndex, entry);
        if (entry.Configuration is not null)
            TakeConfiguration();
    }

    void WriteEntry(RecordWriter record, long index, RaftEntry entry)
    {
        record.Add(EntryRecord).Add(index).Add(entry.Term);
        if (entry.Command is { } command)
            _machine.Write(record.Add(OfCommand), command);
        else if (entry.Configuration is { } configuration)
            configuration.Write(record.Add(OfConfiguration));
        else
            record.Add(OfNothing);
        record.End();
    }

    // Runs an action when the log, as it is now, is on the disk.
    void WhenEntriesSaved(Action done)
    {
        var index = _log.LastIndex;
        var term = _log.LastTerm;
        void Saved()
        {
            // It may have been overwritten meanwhile, by a newer leader.
            if (_log.Holds(index, term))
                _saved = Math.Max(_saved, index);
            done();
        }

        if (_options.Bug != RaftBug.AckBeforeSync)
        {
            _journal.WhenSaved(Saved);
            return;
        }

        _journal.WhenSaved(() => { });
        Saved();
    }

    void TakeSnapshot(long index)
    {
        var (configurationIndex, configuration) = _log.ConfigurationAt(index);
        CompactLog(new(
            index, _log.TermAt(index), configuration, configurationIndex, _machine.Snapshot(index)));
    }

    void CompactLog(RaftSnapshot snapshot)
    {
        _log.Compact(snapshot, keepTail: _options.Bug != RaftBug.SnapshotDropsTail);
        _saved = Math.Min(_saved, _log.LastIndex);
        TakeConfiguration();
        _journal.Rewrite(WriteAll);
    }

    void WriteAll(RecordWriter journal)
    {
        var snapshot = _log.Snapshot;
        var record = journal.Begin().Add(SnapshotRecord).Add(snapshot.Index).Add(snapshot.Term);
        snapshot.Configuration.Write(record.Add(snapshot.ConfigurationIndex));
        if (snapshot.State is { } state)
            _machine.Write(record.Add(1), state);
        else
            record.Add(0);
        record.End();
        WriteTerm(journal.Begin());
        for (var index = snapshot.Index + 1; index <= _log.LastIndex; index++)
            WriteEntry(journal.Begin(), index, _log[index]);
    }

    // Says whether this is the server's first life.
    bool Recover()
    {
        var state = _journal.Open(ReadRecord);
        if (state == JournalState.Damaged)
            StandAside();
        TakeConfiguration();
        _saved = _log.LastIndex;
        Note(state == JournalState.Absent ? "starts" : "starts again");
        return state == JournalState.Absent;
    }

    void ReadRecord(RecordReader record)
    {
        switch (record.Number())
        {
            case TermRecord:
                _term = record.Number();
                _votedFor = (int)record.Number();
                _canVote = record.Number() != 0;
                break;
            case EntryRecord:
                ReadEntry(record);
                break;
            case SnapshotRecord:
                var snapshot = ReadSnapshot(record);
                _log.Compact(snapshot);
                RestoreMachine(snapshot);
                break;
            default:
                throw new InvalidOperationException("a checked record is of no known kind");
        }
    }

    RaftSnapshot ReadSnapshot(RecordReader record)
    {
        var (index, term, configurationIndex) = (record.Number(), record.Number(), record.Number());
        var configuration = ClusterConfiguration.Read(ref record);
        var state = record.Number() == 0 ? null : _machine.ReadState(ref record);
        return new(index, term, configuration, configurationIndex, state);
    }

    void ReadEntry(RecordReader record)
    {
        var (index, term) = (record.Number(), record.Number());
        var entry = record.Number() switch
        {
            OfCommand => new RaftEntry(term, _machine.ReadCommand(ref record)),
            OfConfiguration => new(term, configuration: ClusterConfiguration.Read(ref record)),
            _ => new(term),
        };
        // An entry written later replaces the one at its place and all that followed it.
        if (index <= _log.LastIndex)
            _log.TruncateFrom(index);
        _log.Add(entry);
    }

    void RestoreMachine(RaftSnapshot snapshot)
    {
        _machine.Restore(snapshot.Index, snapshot.State);
        _commit = snapshot.Index;
        _applied = snapshot.Index;
    }

    // Its disk lost what this server had promised to keep: votes, or entries that a quorum was counted
    // with. It must not promise anything again in place of the old promises, so it follows without a vote
    // until an operator replaces it. (Any two quorums of servers that kept theirs still meet, however many
    // stand aside.)
    void StandAside()
    {
        if (_options.StopsWhenDamaged)
            throw new NodeStoppedException("its journal is damaged");
        _log = new(_initial);
        _term = 0;
        _votedFor = Nobody;
        _canVote = false;
        RestoreMachine(_log.Snapshot);
        _journal.Rewrite(WriteAll);
        Note("found its journal damaged and stands aside");
    }
}
