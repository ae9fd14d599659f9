using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.TwoPhaseCommit;

/// <summary>
/// What both roles of a node share: the machine, and the journal with promises and outcomes. The order of
/// records is the order of events, and a sync covers all before it; so whoever finds a promise finds the fate
/// of earlier ones too.
/// </summary>
sealed class Replica(INodeWorld world, IStateMachine machine, WriteAllOptions options)
{
    readonly SessionMachine _machine = new(machine, options.Dedup);

    public Journal Journal { get; } = new(world);

    /// <summary>The last round applied here.</summary>
    public long LastCommitted { get; private set; }

    /// <summary>The round promised here whose outcome is not known; null is none.</summary>
    public (long Round, Request[] Batch)? Doubt { get; private set; }

    /// <summary>How often a coordinator was born here.</summary>
    public long Births { get; private set; }

    public Value State => _machine.State;

    public bool IsRead(Request request) => _machine.IsRead(request.Command.Function);

    public Answer Read(Request request) => new(_machine.Read(request.Command), LastCommitted);

    public Answer? AnswerOf(RequestId id) =>
        _machine.AnswerOf(id) is { } completion ? new(completion, LastCommitted) : null;

    /// <summary>Reads back what the disk kept.</summary>
    /// <exception cref="InvalidOperationException">It lost what had been saved, which two-phase commit does
    /// not stand.</exception>
    public void Restore()
    {
        if (Journal.Open(Replay) == JournalState.Damaged)
            throw new NodeStoppedException("its journal lost saved records");
    }

    public void WriteBirth() => Journal.Add().Add((long)RecordKind.Birth).Add(++Births).End();

    public void WritePromise(long round, Request[] batch)
    {
        Doubt = (round, batch);
        WriteBatch(RecordKind.Promise, round, batch);
    }

    /// <summary>
    /// The coordinator's decision to commit, with the batch, for it makes itself no promise.
    /// </summary>
    public void WriteDecision(long round, Request[] batch) => WriteBatch(RecordKind.Decision, round, batch);

    public void SettleDoubt(bool commit)
    {
        var (round, batch) = Doubt!.Value;
        Journal.Add().Add((long)(commit ? RecordKind.Commit : RecordKind.Abort)).End();
        // Not waited for: were it lost, the node would be in doubt again and ask again.
        Journal.WhenSaved(static () => { });
        Doubt = null;
        if (commit)
            Apply(round, batch);
    }

    /// <summary>Carries a committed batch out.</summary>
    public List<Completion> Apply(long round, Request[] batch)
    {
        LastCommitted = round;
        var answers = new List<Completion>(batch.Length);
        foreach (var request in batch)
            answers.Add(_machine.Apply(request.Id, request.Command));
        return answers;
    }

    void WriteBatch(RecordKind kind, long round, Request[] batch)
    {
        var record = Journal.Add().Add((long)kind).Add(round).Add(batch.Length);
        foreach (var (id, command) in batch)
            record.Add(id.Session).Add(id.Number).Add(command.Function).Add(command.Key).Add(command.Input);
        record.End();
    }

    void Replay(RecordReader record)
    {
        switch ((RecordKind)record.Number())
        {
            case RecordKind.Birth:
                Births = record.Number();
                break;
            case RecordKind.Promise:
                Doubt = ReadBatch(ref record);
                break;
            case RecordKind.Decision:
                var (round, batch) = ReadBatch(ref record);
                Apply(round, batch);
                break;
            case RecordKind.Commit:
                Apply(Doubt!.Value.Round, Doubt.Value.Batch);
                Doubt = null;
                break;
            case RecordKind.Abort:
                Doubt = null;
                break;
            default:
                throw new InvalidOperationException("a checked record is of an unknown kind");
        }
    }

    static (long Round, Request[] Batch) ReadBatch(ref RecordReader record)
    {
        var round = record.Number();
        var batch = new Request[record.Number()];
        for (var i = 0; i < batch.Length; i++)
            batch[i] = new(
                new(record.Number(), record.Number()), new(record.Text(), record.Value(), record.Value()));
        return (round, batch);
    }

    enum RecordKind
    {
        Birth,
        Promise,
        Decision,
        Commit,
        Abort,
    }
}
