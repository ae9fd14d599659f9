using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Chooses the instance that is called.</summary>
internal abstract class Balancer(Attempts attempts, HealthView health, int targets)
{
    protected Attempts Attempts => attempts;

    protected int Targets => targets;

    /// <summary>An instance; -1 where none can be called.</summary>
    /// <param name="request">What for.</param>
    /// <param name="avoid">One that is asked already; taken only where there is no other. -1 is none.</param>
    public int Choose(ClientRequest request, int avoid)
    {
        var chosen = Pick(request, avoid);
        return chosen < 0 && avoid >= 0 && IsUp(avoid) ? avoid : chosen;
    }

    /// <summary>How an attempt at an instance ended.</summary>
    public virtual void Heard(int target, CallStatus status, long nowNs)
    {
    }

    /// <summary>Another instance leads, or slots have moved.</summary>
    public virtual void Learn(DatabaseNews news)
    {
    }

    protected abstract int Pick(ClientRequest request, int avoid);

    protected bool IsUp(int target) => health.IsUp(target);

    protected int HealthVersion => health.Version;

    public static Balancer Of(
        Edge edge, Part called, Attempts attempts, HealthView health, InstanceContext context)
    {
        var targets = called.MostInstances;
        if (called is Parts.DatabasePart database)
            return new DatabaseBalancer(database, edge, attempts, health, context);
        return edge.Balance switch
        {
            Balancing.Random => new Choices(1, attempts, health, targets, context.World.Random),
            Balancing.TwoChoices => new Choices(2, attempts, health, targets, context.World.Random),
            Balancing.ThreeChoices => new Choices(3, attempts, health, targets, context.World.Random),
            Balancing.FiveChoices => new Choices(5, attempts, health, targets, context.World.Random),
            Balancing.LeastOpen => new LeastOpen(attempts, health, targets, context.World.Random),
            Balancing.Hash => new HashRing(attempts, health, targets),
            Balancing.Range => new KeyRanges(attempts, health, targets, context.Graph.Keys),
            Balancing.Sticky => new StickySessions(attempts, health, targets),
            Balancing.First => new FirstUp(attempts, health, targets),
            _ => new RoundRobin(attempts, health, targets),
        };
    }
}

/// <summary>One after the other.</summary>
internal sealed class RoundRobin(Attempts attempts, HealthView health, int targets)
    : Balancer(attempts, health, targets)
{
    int _last = -1;

    protected override int Pick(ClientRequest request, int avoid)
    {
        for (var tries = 0; tries < Targets; tries++)
        {
            _last = (_last + 1) % Targets;
            if (_last != avoid && IsUp(_last))
                return _last;
        }

        return -1;
    }
}

/// <summary>The first that can be called.</summary>
internal sealed class FirstUp(Attempts attempts, HealthView health, int targets)
    : Balancer(attempts, health, targets)
{
    protected override int Pick(ClientRequest request, int avoid)
    {
        for (var target = 0; target < Targets; target++)
            if (target != avoid && IsUp(target))
                return target;
        return -1;
    }
}

/// <summary>Of some drawn at random, no two of them the same, the one with the fewest calls open
/// (Mitzenmacher 2001).</summary>
internal sealed class Choices(
    int drawn, Attempts attempts, HealthView health, int targets, SeededRandom random)
    : Balancer(attempts, health, targets)
{
    // In the order in which they were drawn last.
    int[] _up = [];
    int _seen = -1;

    protected override int Pick(ClientRequest request, int avoid)
    {
        // Among those that are up: to step on from one that is not would draw the next one more often.
        if (_seen != HealthVersion)
            (_up, _seen) = ([.. Enumerable.Range(0, Targets).Where(IsUp)], HealthVersion);
        var (best, left) = (-1, drawn);
        for (var place = 0; place < _up.Length && left > 0; place++)
        {
            var target = Draw(place);
            if (target == avoid)
                continue;
            left--;
            if (best < 0 || Attempts.OpenAt(target) < Attempts.OpenAt(best))
                best = target;
        }

        return best;
    }

    // One of those that are not drawn yet.
    int Draw(int place)
    {
        var at = place + random.Next(_up.Length - place);
        (_up[place], _up[at]) = (_up[at], _up[place]);
        return _up[place];
    }
}

/// <summary>The one with the fewest calls open; of several, one at random.</summary>
internal sealed class LeastOpen(Attempts attempts, HealthView health, int targets, SeededRandom random)
    : Balancer(attempts, health, targets)
{
    protected override int Pick(ClientRequest request, int avoid)
    {
        var (best, ties) = (-1, 0);
        for (var target = 0; target < Targets; target++)
        {
            if (target == avoid || !IsUp(target))
                continue;
            if (best < 0 || Attempts.OpenAt(target) < Attempts.OpenAt(best))
                (best, ties) = (target, 1);
            else if (Attempts.OpenAt(target) == Attempts.OpenAt(best) && random.Next(++ties) == 0)
                best = target;
        }

        return best;
    }
}

/// <summary>Each key has its instance, and keeps it when others come and go (Karger et al. 1997).</summary>
internal sealed class HashRing : Balancer
{
    const int PointsEach = 100;

    readonly (ulong Point, int Target)[] _ring;

    public HashRing(Attempts attempts, HealthView health, int targets)
        : base(attempts, health, targets) => _ring =
        [
            .. Enumerable.Range(0, targets)
                .SelectMany(target => Enumerable.Range(0, PointsEach).Select(point =>
                    (StableHash.Mix(((ulong)(uint)target << 32) | (uint)point), target)))
                .Order(),
        ];

    protected override int Pick(ClientRequest request, int avoid)
    {
        var at = Array.BinarySearch(
            _ring, (StableHash.Mix((ulong)request.Key ^ 0x5DEECE66DUL), int.MinValue));
        at = at < 0 ? ~at : at;
        for (var step = 0; step < _ring.Length; step++)
        {
            var target = _ring[(at + step) % _ring.Length].Target;
            if (target != avoid && IsUp(target))
                return target;
        }

        return -1;
    }
}

/// <summary>Each range of keys has its instance; one that is down is not stood in for.</summary>
internal sealed class KeyRanges(Attempts attempts, HealthView health, int targets, int keys)
    : Balancer(attempts, health, targets)
{
    protected override int Pick(ClientRequest request, int avoid)
    {
        var target = (int)((long)request.Key * Targets / keys);
        return IsUp(target) ? target : -1;
    }
}

/// <summary>Each session has its instance, as long as that is there; then it gets another one for
/// good.</summary>
internal sealed class StickySessions(Attempts attempts, HealthView health, int targets)
    : Balancer(attempts, health, targets)
{
    readonly Dictionary<int, int> _homes = [];
    int _last = -1;

    protected override int Pick(ClientRequest request, int avoid)
    {
        if (_homes.TryGetValue(request.Session, out var home) && home != avoid && IsUp(home))
            return home;
        for (var tries = 0; tries < Targets; tries++)
        {
            _last = (_last + 1) % Targets;
            if (_last == avoid || !IsUp(_last))
                continue;
            if (avoid < 0)
                _homes[request.Session] = _last;
            return _last;
        }

        return -1;
    }
}
