using Steelyard.Designs.Requests;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.Raft;

/// <content>The disk: term, vote, entries and snapshot are records of one journal, and nothing is promised
/// before they are durable (thesis section 3.8).</content>
public sealed partial class RaftNode
{
    const int TermRecord = 1;
    const int EntryRecord = 2;
    const int SnapshotRecord = 3;

    void SaveTermAndVote() => WriteTerm(_journal.Add());

    void WriteTerm(RecordWriter record) => record
        .Add(TermRecord)
        .Add(_term)
        .Add(_options.Bug == RaftBug.ForgetVote ? Nobody : _votedFor)
        .Add(_canVote ? 1 : 0)
        .End();

    void AddEntry(Entry entry)
    {
        _log.Add(entry);
        WriteEntry(_journal.Add(), _log.LastIndex, entry);
    }

    static void WriteEntry(RecordWriter record, long index, Entry entry) => record
        .Add(EntryRecord)
        .Add(index)
        .Add(entry.Term)
        .Add(entry.Id.Session)
        .Add(entry.Id.Number)
        .Add(entry.Command.Function)
        .Add(entry.Command.Key)
        .Add(entry.Command.Input)
        .End();

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

    void TakeSnapshot() => CompactLog(new(_applied, _log.TermAt(_applied), _machine.Snapshot()));

    void CompactLog(Snapshot snapshot)
    {
        _log.Compact(snapshot, keepTail: _options.Bug != RaftBug.SnapshotDropsTail);
        _saved = Math.Min(_saved, _log.LastIndex);
        _journal.Rewrite(WriteAll);
    }

    void WriteAll(RecordWriter journal)
    {
        var snapshot = _log.Snapshot;
        journal.Begin().Add(SnapshotRecord).Add(snapshot.Index).Add(snapshot.Term).Add(snapshot.State).End();
        WriteTerm(journal.Begin());
        for (var index = snapshot.Index + 1; index <= _log.LastIndex; index++)
            WriteEntry(journal.Begin(), index, _log[index]);
    }

    void Recover()
    {
        var state = _journal.Open(ReadRecord);
        if (state == JournalState.Damaged)
            StandAside();
        _saved = _log.LastIndex;
        Note(state == JournalState.Absent ? "starts" : "starts again");
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
                var snapshot = new Snapshot(record.Number(), record.Number(), record.Value());
                _log.Compact(snapshot);
                RestoreMachine(snapshot);
                break;
            default:
                throw new InvalidOperationException("a checked record is of no known kind");
        }
    }

    void RestoreMachine(Snapshot snapshot)
    {
        _machine = NewMachine();
        _machine.Restore(snapshot.State, withSessions: _options.Bug != RaftBug.ApplyTwiceAfterRestart);
        _commit = snapshot.Index;
        _applied = snapshot.Index;
    }

    void ReadEntry(RecordReader record)
    {
        var index = record.Number();
        var term = record.Number();
        var id = new RequestId(record.Number(), record.Number());
        var command = new Command(record.Text(), record.Value(), record.Value());
        // An entry written later replaces the one at its place and all that followed it.
        if (index <= _log.LastIndex)
            _log.TruncateFrom(index);
        _log.Add(new(term, id, command));
    }

    // Its disk lost what this member had promised to keep: votes, or entries that a quorum was counted
    // with. It must not promise anything again in place of the old promises, so it follows without a vote,
    // as a learner, until an operator replaces it. (Any two quorums of members that kept theirs still meet,
    // however many stand aside.)
    void StandAside()
    {
        _log = new();
        _machine = NewMachine();
        _term = 0;
        _votedFor = Nobody;
        _commit = 0;
        _applied = 0;
        _canVote = false;
        _journal.Rewrite(WriteAll);
        Note("found its journal damaged and stands aside");
    }
}
