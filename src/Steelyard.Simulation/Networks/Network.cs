using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Networks;

/// <summary>
/// Carries messages. Per directed link: latency by site, order (but for a share that is held back),
/// bandwidth, loss, doubling and cuts. Cutting a link loses what is under way on it; a node that is only held
/// still loses nothing.
/// </summary>
internal sealed class Network
{
    // What a kernel takes to hand a message to its own machine; it never touches a wire.
    const long LoopbackNs = 5_000;

    readonly SimulatedRun _run;
    readonly Scheduler _scheduler;
    readonly Topology _topology;
    readonly Placement _places;
    readonly LinkTable _links;
    readonly SeededRandom _random;
    readonly long _bandwidth;

    public Network(SimulatedRun run, Placement places)
    {
        _run = run;
        _scheduler = run.Scheduler;
        _topology = run.Scenario.Cluster;
        _places = places;
        _links = new(places.Count);
        _random = new(run.Seed, "network");
        _bandwidth = _topology.BandwidthBytesPerSecond ?? 0;
        Cuts = new(places);
        BadLinks = new(_topology, places);
    }

    /// <summary>Which links are cut.</summary>
    public Cuts Cuts { get; }

    /// <summary>Which links are bad.</summary>
    public BadLinks BadLinks { get; }

    public long MessagesSent { get; private set; }

    public long MessagesDelivered { get; private set; }

    public long MessagesDropped { get; private set; }

    public long BytesSent { get; private set; }

    /// <summary>Sends a message on its way.</summary>
    public void Send(NodeId from, NodeId to, Message message)
    {
        var size = message.SizeBytes;
        MessagesSent++;
        BytesSent += size;
        if (from.Index == to.Index)
        {
            Schedule(_scheduler.NowNs + LoopbackNs, from, to, message, isDuplicate: false);
            return;
        }

        if (Cuts.Covers(from.Index, to.Index))
        {
            Drop(from, to, message, "cut");
            return;
        }

        if (BadLinks.AreNone)
        {
            ref var link = ref Depart(from, to, size, _bandwidth, out var departsNs);
            KeepOrder(ref link, departsNs + Latency(from.Index, to.Index), from, to, message);
            return;
        }

        var quality = BadLinks.Of(from.Index, to.Index);
        if (_random.Chance(quality.Loss))
        {
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Loss > 0);
            Drop(from, to, message, "lost");
            return;
        }

        Carry(from, to, message, size, quality);
    }

    /// <summary>Whether a message that comes up for delivery was spared by the cuts since it was
    /// sent.</summary>
    public bool Arrives(in Event due)
    {
        if (!Cuts.CaughtSince(due.Stamp, due.From.Index, due.To.Index))
            return true;
        Missed(due, "cut");
        return false;
    }

    /// <summary>A message found its receiver crashed.</summary>
    public void Down(in Event due) => Missed(due, "down");

    /// <summary>A message is at its receiver's machine; shows it to who watches.</summary>
    public void Reached(in Event due) => _run.Trace?.Sent(
        due.Stamp, _scheduler.NowNs, due.From, due.To, (Message)due.Subject!, due.IsDuplicate ? "duplicate"
            : null);

    /// <summary>Counts a message that was handed over, or that nobody was there to take.</summary>
    public void Counted(bool delivered)
    {
        if (delivered)
            MessagesDelivered++;
        else
            MessagesDropped++;
    }

    void Carry(NodeId from, NodeId to, Message message, int size, in LinkQuality quality)
    {
        ref var link = ref Depart(from, to, size, Narrowed(quality), out var departsNs);
        if (quality.Bandwidth is not null && departsNs > _scheduler.NowNs)
            BadLinks.Happened(from.Index, to.Index, static bad => bad.BandwidthBytesPerSecond is not null);
        var latencyNs = Latency(from.Index, to.Index, quality);
        if (quality.JitterNs > 0)
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Jitter > TimeSpan.Zero);
        if (quality.DelayNs > 0)
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Delay > TimeSpan.Zero);
        if (quality.Slowdown > 1)
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Slowdown > 1);
        if (_random.Chance(quality.Reordering))
        {
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Reordering > 0);
            // Held back by up to four latencies and without a place in the order, so that later ones overtake
            // it.
            Schedule(departsNs + latencyNs + _random.NextLong((4 * latencyNs) + 1), from, to, message, false);
        }
        else
        {
            KeepOrder(ref link, departsNs + latencyNs, from, to, message);
        }

        if (_random.Chance(quality.Duplication))
        {
            BadLinks.Happened(from.Index, to.Index, static trouble => trouble.Duplication > 0);
            var againNs = departsNs + latencyNs + Latency(from.Index, to.Index, quality);
            Schedule(againNs, from, to, message, isDuplicate: true);
        }
    }

    long Narrowed(in LinkQuality quality) =>
        quality.Bandwidth is not { } bandwidth ? _bandwidth
        : _bandwidth > 0 ? Math.Min(_bandwidth, bandwidth)
        : bandwidth;

    ref Link Depart(NodeId from, NodeId to, int size, long bandwidth, out long departsNs)
    {
        departsNs = _scheduler.NowNs;
        ref var link = ref _links.Get(from.Index, to.Index, departsNs);
        if (bandwidth > 0)
            departsNs = link.BusyUntilNs =
                Math.Max(link.BusyUntilNs, departsNs) + (size * 1_000_000_000L / bandwidth);
        return ref link;
    }

    void KeepOrder(ref Link link, long arrivesNs, NodeId from, NodeId to, Message message)
    {
        link.LastArrivalNs = Math.Max(link.LastArrivalNs, arrivesNs);
        Schedule(link.LastArrivalNs, from, to, message, isDuplicate: false);
    }

    long Latency(int from, int to) =>
        (_places.ShareSite(from, to) ? _topology.WithinSite : _topology.BetweenSites).SampleNs(_random);

    long Latency(int from, int to, in LinkQuality quality)
    {
        var sampleNs = Latency(from, to);
        var slowedNs = quality.Slowdown == 1 ? sampleNs : (long)(sampleNs * quality.Slowdown);
        var jitterNs = quality.JitterNs == 0 ? 0 : _random.NextLong(quality.JitterNs + 1);
        return slowedNs + quality.DelayNs + jitterNs;
    }

    void Schedule(long arrivesNs, NodeId from, NodeId to, Message message, bool isDuplicate) => _scheduler.At(
        arrivesNs,
        new()
        {
            Kind = EventKind.Deliver,
            Subject = message,
            From = from,
            To = to,
            Stamp = _scheduler.NowNs,
            IsDuplicate = isDuplicate,
        });

    // A second copy that never arrived changed nothing, so there is nothing to show.
    void Missed(in Event due, string fate)
    {
        MessagesDropped++;
        if (!due.IsDuplicate)
            _run.Trace?.Sent(due.Stamp, null, due.From, due.To, (Message)due.Subject!, fate);
    }

    void Drop(NodeId from, NodeId to, Message message, string fate)
    {
        MessagesDropped++;
        _run.Trace?.Sent(_scheduler.NowNs, null, from, to, message, fate);
    }
}
