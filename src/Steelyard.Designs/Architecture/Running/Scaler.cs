using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Asks the instances of a service what they do, lets a policy decide how many there should be, and
/// starts and stops some.</summary>
internal sealed class Scaler : INode
{
    /// <summary>How long after it asked it takes what has been answered.</summary>
    public static readonly TimeSpan ReportsTake = TimeSpan.FromSeconds(1);

    readonly InstanceContext _context;
    readonly ServicePart _part;
    readonly IScalingPolicy _policy;
    readonly NodeId[] _instances;
    readonly Usage?[] _reports;
    readonly long[] _readyNs;
    readonly bool[] _isWanted;
    readonly WarmPool _pool;
    readonly long _beganNs;

    // When it asked last, and before: what is reported was counted between.
    long _askedNs;
    long _askedBeforeNs;

    public Scaler(InstanceContext context, ServicePart part)
    {
        (_context, _part) = (context, part);
        _policy = ScalingPolicies.Create(part.Scale!, part.ScalingSettings);
        _instances = context.Directory.Of(part.Name);
        _reports = new Usage?[_instances.Length];
        _isWanted = [.. _instances.Select((_, instance) => instance < part.AtStart)];
        _beganNs = context.World.Clock.GetTimestamp();
        _askedNs = _beganNs;
        _readyNs = [.. _instances.Select(_ => _beganNs)];
        _pool = new(part, context.World);
    }

    INodeWorld World => _context.World;

    long NowNs => World.Clock.GetTimestamp();

    int Wanted => _isWanted.Count(static wanted => wanted);

    /// <inheritdoc/>
    public void Start()
    {
        _context.Meter.Begin(workers: null);
        World.SetTimer(_policy.Period, Look);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not Usage usage)
            throw new UnexpectedMessageException(World.Self, from, message);
        _reports[Array.IndexOf(_instances, new NodeId(from.Index))] = usage;
    }

    void Look()
    {
        Array.Clear(_reports);
        (_askedBeforeNs, _askedNs) = (_askedNs, NowNs);
        for (var instance = 0; instance < _instances.Length; instance++)
            if (IsReady(instance))
                World.Send(_instances[instance], new UsageAsk());
        World.SetTimer(ReportsTake, Decide);
        World.SetTimer(_policy.Period, Look);
    }

    bool IsReady(int instance) => _isWanted[instance] && _readyNs[instance] <= NowNs;

    void Decide()
    {
        var told = _reports.OfType<Usage>().ToList();
        // One that became ready meanwhile did little, and says nothing of what the others do.
        var whole = _reports.Where((_, instance) => _readyNs[instance] <= _askedBeforeNs)
            .OfType<Usage>().ToList();
        var seconds = _policy.Period.TotalSeconds;
        var decision = _policy.Decide(new(
            TimeSpan.FromTicks((NowNs - _beganNs) / 100), Wanted,
            Enumerable.Range(0, _instances.Length).Count(IsReady),
            whole.Count == 0 ? 0 : whole.Sum(usage => usage.BusySeconds)
                / (whole.Count * _part.Workers!.Value * seconds),
            told.Sum(usage => usage.BusySeconds + usage.WaitingSeconds) / seconds,
            told.Sum(usage => usage.Came) / seconds,
            told.Sum(usage => usage.Waiting),
            whole.Count));
        Become(Math.Clamp(decision.Replicas, _part.ScaleMin, _part.ScaleMax));
    }

    void Become(int wanted)
    {
        var now = Wanted;
        if (wanted != now)
            _context.Account.Scaled(_part.Name, wanted);
        for (var instance = 0; instance < _instances.Length && now < wanted; instance++)
            if (!_isWanted[instance])
                now += StartOne(instance);
        for (var instance = _instances.Length - 1; instance >= 0 && now > wanted; instance--)
            if (_isWanted[instance])
                now -= StopOne(instance);
    }

    int StartOne(int instance)
    {
        var after = _pool.Take();
        _isWanted[instance] = true;
        _readyNs[instance] = NowNs + (after.Ticks * 100);
        World.Send(_instances[instance], new Scale(Starts: true, after));
        return 1;
    }

    int StopOne(int instance)
    {
        _isWanted[instance] = false;
        World.Send(_instances[instance], new Scale(Starts: false, TimeSpan.Zero));
        return 1;
    }

    /// <summary>Instances that wait to be used; one that is taken is replaced after the time it takes to
    /// start.</summary>
    sealed class WarmPool(ServicePart part, INodeWorld world)
    {
        int _left = part.WarmPool;

        /// <summary>How long the next instance takes.</summary>
        public TimeSpan Take()
        {
            if (_left == 0)
                return part.StartUp;
            _left--;
            world.SetTimer(part.StartUp, () => _left++);
            return part.WarmStartUp;
        }
    }
}
