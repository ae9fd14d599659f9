using Steelyard.Worlds;
using Steelyard.Worlds.Storage;

namespace Steelyard.Services.Stores.Replication;

/// <content>The disk: term, vote, entries and data are records of one journal, and nothing is promised to
/// other hosts before they are durable (section 3.8).</content>
internal sealed partial class ReplicatedLog
{
    const int TermRecord = 1;
    const int EntryRecord = 2;
    const int StateRecord = 3;

    bool _isSaveDue;

    void SaveTerm() => WriteTerm(_journal.Add());

    void WriteTerm(RecordWriter record) => record.Add(TermRecord).Add(_term).Add(_votedFor).End();

    void AddEntry(LogEntry entry)
    {
        _entries.Add(entry);
        WriteEntry(_journal.Add(), _entries.Last, entry);
    }

    static void WriteEntry(RecordWriter record, long number, LogEntry entry)
    {
        record.Add(EntryRecord).Add(number).Add(entry.Term).Add(entry.Writes.Count);
        foreach (var (key, value) in entry.Writes)
        {
            record.Add(key).Add(value is null ? 0 : 1);
            if (value is not null)
                record.Add(value);
        }

        record.End();
    }

    // The primary's own entries; without waiting for the disk, some of them together, later.
    void SaveOwn()
    {
        if (_options.SyncCommit)
            WhenSaved(Advance);
        else if (!_isSaveDue)
        {
            _isSaveDue = true;
            _world.SetTimer(_options.WriteDelay, () =>
            {
                _isSaveDue = false;
                WhenSaved(Advance);
            });
        }
    }

    // Runs an action when the log, as it is now, is on disk.
    void WhenSaved(Action done)
    {
        var (last, term) = (_entries.Last, _entries.LastTerm);
        _journal.WhenSaved(() =>
        {
            // It may have been written over meanwhile, for a newer primary.
            if (_entries.Holds(last, term))
                _saved = Math.Max(_saved, last);
            done();
        });
    }

    void CompactIfLong()
    {
        if (_commit - _entries.Base.Number < _options.CompactEvery || _seen < _commit)
            return;
        _entries.Compact(new(_commit, _entries.TermAt(_commit), _state.Data(_commit)));
        _journal.Rewrite(WriteAll);
    }

    void WriteAll(RecordWriter journal)
    {
        var state = _entries.Base;
        var record = journal.Begin().Add(StateRecord).Add(state.Number).Add(state.Term).Add(state.Data.Count);
        foreach (var (key, value) in state.Data)
            record.Add(key).Add(value);
        record.End();
        WriteTerm(journal.Begin());
        for (var number = state.Number + 1; number <= _entries.Last; number++)
            WriteEntry(journal.Begin(), number, _entries[number]);
    }

    // Says whether this is the host's first life.
    bool Recover()
    {
        var found = _journal.Open(Read);
        // To go on without what it promised to keep would be to lie: its vote, or an entry counted with it.
        if (found == JournalState.Damaged)
            throw new NodeStoppedException("its journal is damaged");
        _saved = _entries.Last;
        Note("starts");
        return found == JournalState.Absent;
    }

    void Read(RecordReader record)
    {
        switch (record.Number())
        {
            case TermRecord:
                _term = record.Number();
                _votedFor = (int)record.Number();
                break;
            case EntryRecord:
                ReadEntry(record);
                break;
            case StateRecord:
                ReadState(record);
                break;
            default:
                throw new InvalidOperationException("a checked record is of no known kind");
        }
    }

    void ReadEntry(RecordReader record)
    {
        var (number, term) = (record.Number(), record.Number());
        var writes = new KeyValuePair<string, string?>[record.Number()];
        for (var i = 0; i < writes.Length; i++)
            writes[i] = new(record.Text(), record.Number() == 0 ? null : record.Text());
        // An entry written later takes the place of the one there was, and of all that followed it.
        if (number <= _entries.Last)
            _entries.CutFrom(number);
        _entries.Add(new(term, writes));
    }

    void ReadState(RecordReader record)
    {
        var (number, term) = (record.Number(), record.Number());
        var data = new KeyValuePair<string, string>[record.Number()];
        for (var i = 0; i < data.Length; i++)
            data[i] = new(record.Text(), record.Text());
        var state = new LogState(number, term, data);
        _entries.Compact(state);
        _commit = number;
        _seen = number;
        _state.Restore(state);
    }
}
