using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a batcher.</summary>
internal sealed class BatcherStation(InstanceContext context, BatcherPart part) : Station(context, part)
{
    List<Job> _gathered = [];
    TimerId _linger;

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        Release(job);
        _gathered.Add(job);
        Meter.Keeps(_gathered.Count);
        if (_gathered.Count >= part.Size)
            PassOn();
        else if (_gathered.Count == 1 && part.Linger is { } linger)
            _linger = World.SetTimer(linger, PassOn);
    }

    /// <inheritdoc/>
    protected override void Other(object owner, CallStatus status, Reading reading)
    {
        var batch = (List<Job>)owner;
        // What was read or written of one key says nothing of another one's.
        var key = First(batch).Ask.Request.Key;
        foreach (var job in batch)
        {
            job.Status = status;
            job.Reading = job.Ask.Request.Key == key ? reading : new(Reading.Unknown);
            Finish(job);
        }
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        base.Reset();
        World.CancelTimer(_linger);
        _gathered = [];
    }

    void PassOn()
    {
        World.CancelTimer(_linger);
        var batch = part.DropExpired ? StillWaitedFor() : _gathered;
        _gathered = [];
        Meter.Keeps(0);
        if (batch.Count == 0)
            return;
        var requests = batch.SelectMany(job => job.Ask.Batch ?? [job.Ask.Request]).ToList();
        // As long as anybody in it waits, it is worth being worked at.
        Callers[0].Call(
            First(batch).Ask.Request, requests, batch, batch.Max(static job => job.DeadlineNs));
    }

    List<Job> StillWaitedFor()
    {
        var waiting = new List<Job>();
        foreach (var job in _gathered)
            if (NowNs < job.DeadlineNs)
            {
                waiting.Add(job);
            }
            else
            {
                Meter.Expired();
                End(job);
            }

        return waiting;
    }

    // A batch of one kind of requests: one that has an effect makes it one that has.
    static Job First(List<Job> batch) => batch.Find(job => job.Ask.Request.IsWrite) ?? batch[0];
}
