using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>How a <see cref="RetryingClient"/> behaves.</summary>
internal sealed record RetryOptions
{
    /// <summary>Which functions change nothing: such a request that got no answer surely had no
    /// effect.</summary>
    public required Predicate<string> IsRead { get; init; }

    /// <summary>After this long an operation is given up.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this long without an answer the same request is sent to another node.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After this long of nothing but refusals the client believes them.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long it waits after a refusal that names nobody else.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What reads are promised.</summary>
    public ReadLevel Level { get; init; }

    /// <summary>The oldest answer that bounded reads may get.</summary>
    public TimeSpan MaxStaleness { get; init; }
}

/// <summary>
/// A client of replicas that answer, refuse or are silent. It asks its home node first, follows hints to
/// the leader, and repeats a request under the same id until it is answered or given up. Its outcomes are
/// honest: Fail only when every attempt was surely without effect, Info when one of them may still have
/// one. The network doubles messages, so a refusal alone says nothing of the other copy: the nodes it is used
/// with are <see cref="AtMostOnce"/>.
/// </summary>
internal sealed class RetryingClient(IClientWorld world, RetryOptions options) : IClient
{
    // The present life of each node, as far as it is known.
    readonly Dictionary<NodeId, long> _lives = [];
    NodeId? _leader;
    long _requests;
    long _seen;

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var read = options.IsRead(invocation.Function) || invocation.Function == Functions.ReplicaState;
        var request = Compose(invocation, read);
        var attempt = new Attempt(world, options, _lives, request, read, TargetOf(invocation, read));
        var answer = await attempt.Run(mayMove: invocation.Target is null);
        _leader = read && options.Level != ReadLevel.Leader ? _leader : attempt.Leader;
        if (answer is null)
            return attempt.GivenUp;
        // A session remembers what it wrote and read; monotonic reads only what it read.
        if (read || options.Level != ReadLevel.Monotonic)
            _seen = Math.Max(_seen, answer.Version);
        return answer.Completion;
    }

    Request Compose(Invocation invocation, bool read)
    {
        var request = new Request(new(world.Process, ++_requests), invocation.Command);
        if (!read)
            return request;
        var token = options.Level is ReadLevel.Session or ReadLevel.Monotonic ? _seen : 0;
        return request with { Level = options.Level, AtLeast = token, MaxStaleness = options.MaxStaleness };
    }

    NodeId TargetOf(Invocation invocation, bool read)
    {
        if (invocation.Target is { } only)
            return only;
        return read && options.Level != ReadLevel.Leader ? world.Home : _leader ?? world.Home;
    }

    // One operation's way through the nodes.
    sealed class Attempt(
        IClientWorld world, RetryOptions options, Dictionary<NodeId, long> lives, Request request, bool read,
        NodeId target)
    {
        readonly TimeSpan _start = world.Clock.GetElapsedTime(0);
        NodeId _target = target;
        bool _mayHaveHappened;
        int _hops;
        string _reason = "timeout";

        public NodeId? Leader { get; private set; }

        public Completion GivenUp =>
            _mayHaveHappened ? Completion.Info("timeout") : Completion.Fail(_reason);

        TimeSpan Spent => world.Clock.GetElapsedTime(0) - _start;

        public async ValueTask<Answer?> Run(bool mayMove)
        {
            while (options.Timeout - Spent is var left && left > TimeSpan.Zero)
            {
                var wait = left < options.AttemptTimeout ? left : options.AttemptTimeout;
                var life = lives.GetValueOrDefault(_target);
                var reply = await world.Call(_target, request with { Life = life }, wait);
                if (reply is Answer answer)
                {
                    Leader = _target;
                    return answer;
                }

                if (reply is NewHere born)
                    Reborn(life, born);
                else if (reply is Refusal refusal)
                {
                    if (await Refused(refusal, mayMove))
                        return null;
                }
                else
                    Silent(mayMove);
            }

            return null;
        }

        // The network may have made a copy that the life before took before it ended; none was for life 0.
        void Reborn(long before, NewHere born)
        {
            _mayHaveHappened |= before != 0 && !read;
            lives[_target] = born.Life;
        }

        // True when the client believes the refusal and gives up.
        async ValueTask<bool> Refused(Refusal refusal, bool mayMove)
        {
            _mayHaveHappened |= refusal.MayStillHappen && !read;
            _reason = refusal.Reason;
            if (mayMove && refusal.Instead is { } other && other != _target && _hops++ < 3)
            {
                _target = other;
                return false;
            }

            // An operation that may have happened is worth asking after until the very end, the others are
            // not.
            if (!_mayHaveHappened && Spent >= options.Patience)
                return true;
            await world.Delay(options.Backoff);
            _hops = 0;
            _target = mayMove ? world.Home : _target;
            return false;
        }

        void Silent(bool mayMove)
        {
            _mayHaveHappened |= !read;
            _hops = 0;
            if (mayMove)
                _target = _target != world.Home ? world.Home : world.Random.Choose(world.Nodes);
        }
    }
}
