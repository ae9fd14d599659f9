using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An event log.</summary>
internal sealed class LogStation : Station
{
    readonly LogPart _part;
    readonly KeptEvents _events;
    readonly CommitLog _log;

    // Those who have had all that there is, in the order in which they asked.
    readonly List<(NodeId Reader, ReadLog Ask)> _waiting = [];

    public LogStation(InstanceContext context, LogPart part)
        : base(context, part)
    {
        _part = part;
        _events = context.Kept.Of<KeptEvents>();
        _log = new(context.World, part.Sync, part.Group, Meter.Database.Log, Commit);
    }

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        if (message is not ReadLog ask)
            return false;
        if (ask.From < _events.End)
            World.Send(from, _events.Read(ask));
        else
            _waiting.Add((from, ask));
        return true;
    }

    /// <inheritdoc/>
    protected override void Work(Job job) => _log.Add(job);

    // Durable from here on.
    void Commit(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            foreach (var request in job.Ask.Batch ?? [job.Ask.Request])
                job.Reading = Append(request, job.Reading);
            Finish(job);
        }

        foreach (var (reader, ask) in _waiting)
            World.Send(reader, _events.Read(ask));
        _waiting.Clear();
    }

    Reading Append(ClientRequest request, Reading before)
    {
        if (_part.Dedup && _events.Has(request.Id))
            return before;
        var nowNs = Context.Account.NowNs;
        var version = Context.Account.Ledger.Commit(request.Id, request.Key, nowNs);
        _events.Append(new(request.Id, request.Key, version, nowNs));
        return new(version);
    }
}
