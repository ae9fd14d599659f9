using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>A population that asks: open or closed.</summary>
internal sealed class Clients : INode
{
    readonly InstanceContext _context;
    readonly ClientsPart _part;
    readonly Caller _caller;
    readonly RequestSource _source;
    readonly IArrivals? _arrivals;
    readonly SeededRandom _thinking;
    readonly Action _arrive;
    readonly long _endNs;
    int _whose;

    // What each session carries, where it carries anything.
    readonly Dictionary<int, long>? _tokens;

    public Clients(InstanceContext context, ClientsPart part)
    {
        _context = context;
        _part = part;
        _endNs = context.Graph.Duration.Ticks * 100;
        // Streams of their own, so that two variants of the rest are asked the same at the same times.
        var random = context.World.Random;
        _source = new(part, random.Split());
        if (part.Rate is { } rate)
            _arrivals = Arrivals(rate, random.Split(), random.Split());
        _thinking = random.Split();
        _tokens = part.TokenBytes > 0 ? [] : null;
        _caller = new(context, part.Calls[0], 0, OnEnded);
        _arrive = Arrive;
    }

    long NowNs => _context.Account.NowNs;

    /// <inheritdoc/>
    public void Start()
    {
        _context.Meter.Begin(workers: null);
        _caller.Begin();
        if (_arrivals is not null)
            AwaitArrival();
        for (var user = 0; user < (_part.Users ?? 0); user++)
        {
            var number = user;
            Think(() => Ask(number));
        }
    }

    IArrivals Arrivals(double rate, SeededRandom random, SeededRandom bursts)
    {
        var curve = _part.Shape.Begin(bursts).Under(_part.Pushed);
        return _part.IsEven
            ? new EvenArrivals(rate, curve, _part.Sessions ?? 1, random)
            : new OpenArrivals(rate, curve, random);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message) => _caller.Receive(from, message);

    void AwaitArrival()
    {
        (var dueNs, _whose) = _arrivals!.Next();
        if (dueNs < _endNs)
            _context.World.SetTimer(TimeSpan.FromTicks((dueNs - NowNs + 99) / 100), _arrive);
    }

    void Arrive()
    {
        Ask(_whose);
        AwaitArrival();
    }

    void Think(Action ask) =>
        _context.World.SetTimer(TimeSpan.FromTicks(_part.Think.SampleNs(_thinking) / 100), ask);

    // Below 0 is anybody's.
    void Ask(int whose)
    {
        var nowNs = NowNs;
        if (nowNs >= _endNs)
            return;
        var request = _source.Next(_context.Account.NextRequest(), nowNs, whose, _tokens);
        _context.Meter.Arrived();
        _context.Meter.Works(1);
        request.Operation = _context.Account.Due(request);
        _caller.Call(request, batch: null, owner: request, long.MaxValue);
    }

    void OnEnded(Caller caller, object? owner, CallStatus status, Reading reading)
    {
        var asked = (ClientRequest)owner!;
        _context.Meter.Works(-1);
        _context.Meter.Answered(status, NowNs - asked.DueNs);
        _context.Account.Ended(asked, asked.Operation, status, reading);
        if (_tokens is not null && status == CallStatus.Ok && asked.IsWrite)
            _tokens[asked.Session] = reading.Version;
        if (_part.Users is not null)
            Think(() => Ask(asked.Whose));
    }
}

/// <summary>When requests of an open population are due.</summary>
internal interface IArrivals
{
    /// <summary>The next, in ns of the run, and whose it is; below 0 is anybody's.</summary>
    (long DueNs, int Whose) Next();
}

/// <summary>A Poisson process whose rate changes over time, by thinning (Lewis and Shedler 1979).</summary>
internal sealed class OpenArrivals(double ratePerSecond, RateCurve curve, SeededRandom random) : IArrivals
{
    const double NsPerSecond = 1e9;

    double _seconds;

    public (long DueNs, int Whose) Next()
    {
        do
            _seconds += random.Exponential(1 / (ratePerSecond * curve.Most));
        while (!random.Chance(curve.At(_seconds) / curve.Most));
        return (_seconds > 1e9 ? long.MaxValue / 2 : (long)(_seconds * NsPerSecond), -1);
    }
}

/// <summary>One request of each session a period, at even times, each from a time of its own on.</summary>
internal sealed class EvenArrivals : IArrivals
{
    const double NsPerSecond = 1e9;

    readonly double _ratePerSecond;
    readonly RateCurve _curve;
    readonly (double At, int Session)[] _order;
    double _seconds;
    double _periods;
    long _made;

    public EvenArrivals(double ratePerSecond, RateCurve curve, int sessions, SeededRandom random)
    {
        (_ratePerSecond, _curve) = (ratePerSecond, curve);
        _order = [.. Enumerable.Range(0, sessions).Select(session => (random.NextDouble(), session)).Order()];
    }

    public (long DueNs, int Whose) Next()
    {
        var (at, session) = _order[_made % _order.Length];
        var periods = (_made++ / _order.Length) + at;
        // What the rate is between two requests, it is at the first of them.
        _seconds += (periods - _periods) * _order.Length / (_ratePerSecond * _curve.At(_seconds));
        _periods = periods;
        return (_seconds > 1e9 ? long.MaxValue / 2 : (long)(_seconds * NsPerSecond), session);
    }
}

/// <summary>What requests are about.</summary>
internal sealed class RequestSource(ClientsPart part, SeededRandom random)
{
    readonly ZipfKeys? _zipf = part.Skew > 0 && part.Sessions is null ? new(part.Keys, part.Skew) : null;

    /// <summary>The next one.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="dueNs">When it is due.</param>
    /// <param name="whose">Whose it is where that is known; below 0 is anybody's.</param>
    /// <param name="tokens">What sessions carry; null is nothing.</param>
    public ClientRequest Next(long id, long dueNs, int whose, IReadOnlyDictionary<int, long>? tokens)
    {
        var isWrite = part.Reads < 1 && !random.Chance(part.Reads);
        var session = whose >= 0 ? whose : part.Sessions is { } sessions ? random.Next(sessions) : -1;
        return new()
        {
            Id = id,
            IsWrite = isWrite,
            Whose = whose,
            Session = session,
            DueNs = dueNs,
            // What is a session's own, only it asks for.
            Key = part.Sessions is not null ? session % part.Keys
                : _zipf is not null ? _zipf.Next(random)
                : part.Keys == 1 ? 0 : random.Next(part.Keys),
            Carried = tokens?.GetValueOrDefault(session) ?? 0,
            CarriedBytes = part.TokenBytes,
        };
    }
}

/// <summary>Keys as unevenly asked for as Zipf's law says, by the alias method (Walker 1977; Vose
/// 1991).</summary>
internal sealed class ZipfKeys
{
    readonly double[] _share;
    readonly int[] _alias;

    public ZipfKeys(int keys, double exponent)
    {
        (_share, _alias) = (new double[keys], new int[keys]);
        var sum = 0.0;
        for (var key = 0; key < keys; key++)
            sum += _share[key] = Math.Pow(key + 1, -exponent);
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var key = 0; key < keys; key++)
        {
            _share[key] *= keys / sum;
            (_share[key] < 1 ? small : large).Push(key);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _alias[less] = more;
            _share[more] -= 1 - _share[less];
            (_share[more] < 1 ? small : large).Push(more);
        }

        foreach (var left in small.Concat(large))
            _share[left] = 1;
    }

    public int Next(SeededRandom random)
    {
        var key = random.Next(_share.Length);
        return random.NextDouble() < _share[key] ? key : _alias[key];
    }
}
