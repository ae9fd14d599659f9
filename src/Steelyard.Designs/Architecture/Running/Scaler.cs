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
    readonly NodeId? _activator;
    Usage? _held;
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
        _activator = part.MayBeNone ? context.Directory.Of(ActivatorPart.NameFor(part.Name))[0] : null;
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
        switch (message)
        {
            case Usage usage when from == _activator:
                _held = usage;
                break;
            case Usage usage:
                _reports[Array.IndexOf(_instances, new NodeId(from.Index))] = usage;
                break;
            case Poke poke:
                if (_policy.IsPoked && Wanted == 0)
                    Become(Decided(new(
                        Age, Replicas: 0, Ready: 0, Utilisation: 0, poke.Waiting,
                        poke.Waiting / _policy.Period.TotalSeconds, poke.Waiting)));
                break;
            default:
                throw new UnexpectedMessageException(World.Self, from, message);
        }
    }

    TimeSpan Age => TimeSpan.FromTicks((NowNs - _beganNs) / 100);

    void Look()
    {
        Array.Clear(_reports);
        _held = null;
        (_askedBeforeNs, _askedNs) = (_askedNs, NowNs);
        for (var instance = 0; instance < _instances.Length; instance++)
            if (IsReady(instance))
                World.Send(_instances[instance], new UsageAsk());
        if (_activator is { } activator)
            World.Send(activator, new UsageAsk());
        World.SetTimer(ReportsTake, Decide);
        World.SetTimer(_policy.Period, Look);
    }

    bool IsReady(int instance) => _isWanted[instance] && _readyNs[instance] <= NowNs;

    void Decide()
    {
        var told = _reports.Append(_held).OfType<Usage>().ToList();
        // One that became ready meanwhile did little, and says nothing of what the others do.
        var whole = _reports.Where((_, instance) => _readyNs[instance] <= _askedBeforeNs)
            .OfType<Usage>().ToList();
        var seconds = _policy.Period.TotalSeconds;
        Become(Decided(new(
            Age, Wanted,
            Enumerable.Range(0, _instances.Length).Count(IsReady),
            whole.Count == 0 ? 0 : whole.Sum(usage => usage.BusySeconds)
                / (whole.Count * _part.Workers!.Value * seconds),
            told.Sum(usage => usage.BusySeconds + usage.WaitingSeconds) / seconds,
            told.Sum(usage => usage.Came) / seconds,
            told.Sum(usage => usage.Waiting),
            whole.Count)));
    }

    int Decided(in ScalingObservation observation) =>
        Math.Clamp(_policy.Decide(observation).Replicas, _part.ScaleMin, _part.ScaleMax);

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
