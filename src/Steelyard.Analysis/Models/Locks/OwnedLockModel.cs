using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Locks;

/// <summary>Who holds a lock, how often, and which tokens were given out.</summary>
/// <param name="Owner">Who holds it (<see cref="LockOwners"/>); nil when it is free.</param>
/// <param name="Holds">How often.</param>
/// <param name="Fence">The token that goes with it; <see cref="NoToken"/> when it is free, or not
/// known.</param>
/// <param name="Greatest">The greatest token so far.</param>
/// <param name="Not">Of a holder nobody knows, a list of those who it is not: they were refused.</param>
internal readonly record struct LockState(Value Owner, int Holds, long Fence, long Greatest, Value Not)
{
    public const long NoToken = long.MinValue;

    public static LockState Free => new(Value.Nil, 0, NoToken, NoToken, Value.EmptyList);

    public bool IsFree => Holds == 0;

    /// <summary>True when it may be this owner who holds it.</summary>
    public bool MayBe(Value owner) => !IsFree && (Owner == owner || owner == LockOwners.Anybody
        || (Owner == LockOwners.Anybody && !Not.AsList.Contains(owner)));

    /// <summary>The same, when it is known that it is not this owner who holds it.</summary>
    public LockState Without(Value owner) => Owner != LockOwners.Anybody || Not.AsList.Contains(owner) ? this
        : this with { Not = Sorted([.. Not.AsList, owner]) };

    /// <summary>The same, when it is known that it is this owner.</summary>
    public LockState With(Value owner) => Owner != LockOwners.Anybody || owner == LockOwners.Anybody ? this
        : this with { Owner = owner, Not = Value.EmptyList };

    static Value Sorted(Value[] owners)
    {
        Array.Sort(owners);
        return Value.List(owners);
    }
}

/// <summary>What an acquire returns.</summary>
internal enum Fencing
{
    /// <summary>Nothing but whether it was granted.</summary>
    None,

    /// <summary>A token; in which order they come is not asked.</summary>
    Unordered,

    /// <summary>A token greater than all before.</summary>
    Ordered,
}

/// <summary>
/// A lock that knows its owner: only who holds it may release it, and may acquire it again up to a limit.
/// With fencing, a free lock is acquired with a token greater than all before, and again with the same.
/// </summary>
/// <remarks>As the locks of Hazelcast's CP subsystem are tested by Jepsen. An operation of which nobody knows
/// whose it is may be anybody's: once the holder is known by another operation, it was that one's.</remarks>
/// <param name="name">The model's name.</param>
/// <param name="limit">How often one owner may hold it at once; at least 1.</param>
/// <param name="fencing">What tokens there are.</param>
/// <param name="owners">Whose operations are; null while no history is at hand.</param>
/// <param name="isPart">True where it is a part of what is judged: other functions are passed over, and
/// owners count only when the history names clients.</param>
internal sealed class OwnedLockModel(
    string name, int limit, Fencing fencing, LockOwners? owners = null, bool isPart = false)
    : Model<LockState>
{
    public override string Name => name;

    // A token that is no number would be passed over unseen.
    internal override OperationShapes Shapes => fencing != Fencing.Ordered ? OperationShapes.None : new(
        new FunctionShape("acquire", PayloadShape.Any, new("a token, a whole number, or none", IsToken)));

    bool HasTokens => fencing != Fencing.None;

    public override bool KeysAreIndependent => true;

    public override bool ProcessMatters => owners is null or { AreNamed: true } || !isPart;

    public override LockState Initial(Value key) => LockState.Free;

    internal override Model For(History history) =>
        new OwnedLockModel(name, limit, fencing, new(history), isPart);

    // What is done under the lock is judged elsewhere.
    public override OperationRole RoleOf(Operation operation) =>
        isPart && operation.Function is not ("acquire" or "release")
            ? OperationRole.Ignored : base.RoleOf(operation);

    // A refusal may tell who it is not that holds the lock.
    public override bool OnlyObserves(Operation operation) =>
        LockAnswers.IsRefusal(operation, !HasTokens) && owners is { AnyUnknown: false };

    public override bool TryStep(LockState state, Operation operation, out LockState next)
    {
        next = state;
        var owner = OwnerOf(operation);
        var isRefused = LockAnswers.IsRefusal(operation, !HasTokens);
        switch (operation.Function)
        {
            case "acquire":
                return isRefused
                    ? TryRefuse(state, owner, out next) : TryAcquire(state, owner, operation, out next);
            case "release":
                next = isRefused ? state.Without(owner) : Released(state.With(owner));
                return isRefused ? state.Owner != owner : state.MayBe(owner);
            default:
                throw Unknown(operation, "acquire and release");
        }
    }

    public override string Describe(LockState state) => state.IsFree
        ? "free"
        : $"held by {LockOwners.Told(state.Owner)}{(limit > 1 ? Times(state.Holds) : "")}"
            + (state.Fence == LockState.NoToken ? "" : $" with token {state.Fence}");

    static string Times(int holds) => holds switch { 1 => " once", 2 => " twice", _ => $" {holds} times" };

    Value OwnerOf(Operation operation) => owners is null ? operation.Process
        : isPart && !owners.AreNamed ? LockOwners.Anybody
        : owners.Of(operation);

    bool TryRefuse(LockState state, Value owner, out LockState next)
    {
        next = state.Holds >= limit ? state : state.Without(owner);
        return !state.IsFree && (state.Owner != owner || state.Holds >= limit);
    }

    bool TryAcquire(LockState state, Value owner, Operation operation, out LockState next)
    {
        next = state with { Owner = owner, Holds = 1, Not = Value.EmptyList };
        if (!state.IsFree)
        {
            if (!state.MayBe(owner) || state.Holds >= limit)
                return false;
            next = state.With(owner) with { Holds = state.Holds + 1 };
        }

        if (fencing != Fencing.Ordered || TokenOf(operation) is not { } token)
            return true;
        var isFirst = state.Fence == LockState.NoToken;
        next = next with { Fence = token, Greatest = Math.Max(token, state.Greatest) };
        return isFirst ? token > state.Greatest : token == state.Fence;
    }

    static bool IsToken(Value answer) =>
        LockAnswers.TokenIn(answer) is { Kind: ValueKind.Nil or ValueKind.Boolean or ValueKind.Integer };

    static long? TokenOf(Operation acquire) => acquire.Outcome == Outcome.Ok
        && LockAnswers.TokenIn(acquire.Output) is { IsInteger: true } token ? token.AsInteger : null;

    static LockState Released(LockState state) => state.Holds > 1
        ? state with { Holds = state.Holds - 1 }
        : LockState.Free with { Greatest = state.Greatest };
}
