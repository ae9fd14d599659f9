using Steelyard.Designs.Requests;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.PrimaryBackup;

/// <content>The disk: reign and log, in one journal. The log is never compacted: runs are short.</content>
internal sealed partial class PrimaryBackupNode
{
    const int ReignRecord = 1;
    const int RequestRecord = 2;

    readonly Journal _journal;

    void SaveReign() => WriteReign(_journal.Add());

    void WriteReign(RecordWriter record) =>
        record.Add(ReignRecord).Add(_reign.Number).Add(_reign.Primary).End();

    void AddToLog(Ordered request)
    {
        _log.Add(request);
        WriteRequest(_journal.Add(), request);
        var (reign, length) = (_reign, _log.Count);
        _journal.WhenSaved(() => _saved = reign == _reign ? Math.Max(_saved, length) : _saved);
    }

    static void WriteRequest(RecordWriter record, Ordered request) => record
        .Add(RequestRecord)
        .Add(request.Id.Session)
        .Add(request.Id.Number)
        .Add(request.Command.Function)
        .Add(request.Command.Key)
        .Add(request.Command.Input)
        .End();

    void RewriteAll() => _journal.Rewrite(journal =>
    {
        WriteReign(journal.Begin());
        foreach (var request in _log)
            WriteRequest(journal.Begin(), request);
    });

    void Recover()
    {
        // Damaged, this replica has lost what it acknowledged, and no other may speak for it: it stays
        // silent.
        _damaged = _journal.Open(ReadRecord) == JournalState.Damaged;
        _saved = _log.Count;
        if (!_options.Synchronous)
            Apply(_log.Count);
    }

    void ReadRecord(RecordReader record)
    {
        if (record.Number() == ReignRecord)
        {
            _reign = new(record.Number(), (int)record.Number());
            return;
        }

        var id = new RequestId(record.Number(), record.Number());
        _log.Add(new(id, new(record.Text(), record.Value(), record.Value())));
    }
}
