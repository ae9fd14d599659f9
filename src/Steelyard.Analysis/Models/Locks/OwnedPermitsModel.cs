using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Locks;

/// <summary>Who holds how many permits.</summary>
/// <param name="Held">A map from owner to permits, all above 0; permits that nobody knows whose they are
/// under <see cref="LockOwners.Anybody"/>.</param>
/// <param name="Owed">How many of them were given back by nobody knows whom.</param>
internal readonly record struct PermitState(Value Held, long Owed)
{
    /// <summary>How many are held.</summary>
    public long Taken
    {
        get
        {
            var taken = -Owed;
            foreach (var (_, permits) in Held.AsMap)
                taken += permits.AsInteger;
            return taken;
        }
    }

    /// <summary>How many an owner holds, at most.</summary>
    public long Of(Value owner)
    {
        foreach (var (one, permits) in Held.AsMap)
            if (one == owner)
                return permits.AsInteger;
        return 0;
    }

    /// <summary>The same with an owner's permits changed.</summary>
    public PermitState With(Value owner, long change)
    {
        var pairs = new List<(Value, Value)>();
        foreach (var (one, permits) in Held.AsMap)
            if (one != owner)
                pairs.Add((one, permits));
        if (Of(owner) + change is var left && left > 0)
            pairs.Add((owner, left));
        return this with { Held = Value.Map([.. pairs]) };
    }
}

/// <summary>
/// Permits that know their owners: a release gives back what its own client had acquired. Of operations of
/// which nobody knows whose they are, each may be anybody's; a release that is known to be somebody's is of
/// permits known to be theirs as long as there are any.
/// </summary>
/// <param name="permits">How many there are.</param>
/// <param name="owners">Whose operations are; null while no history is at hand.</param>
internal sealed class OwnedPermitsModel(long permits, LockOwners? owners = null) : Model<PermitState>
{
    public override string Name => "semaphore";

    public override bool KeysAreIndependent => true;

    public override bool ProcessMatters => true;

    public override PermitState Initial(Value key) => new(Value.Map(), 0);

    internal override Model For(History history) => new OwnedPermitsModel(permits, new(history));

    public override bool OnlyObserves(Operation operation) =>
        LockAnswers.IsRefusal(operation, zeroRefuses: true);

    public override bool TryStep(PermitState state, Operation operation, out PermitState next)
    {
        next = state;
        var owner = owners is null ? operation.Process : owners.Of(operation);
        var isRefused = LockAnswers.IsRefusal(operation, zeroRefuses: true);
        switch (operation.Function)
        {
            case "acquire":
                next = isRefused ? state : state.With(owner, 1);
                return isRefused == (state.Taken >= permits);
            case "release":
                return isRefused ? !Holds(state, owner) : TryRelease(state, owner, out next);
            default:
                throw Unknown(operation, "acquire and release");
        }
    }

    public override string Describe(PermitState state)
    {
        var held = new List<string>();
        foreach (var (owner, count) in state.Held.AsMap)
            held.Add($"{count} held by {LockOwners.Told(owner)}");
        return held.Count == 0 || state.Taken == 0 ? "all free" : string.Join(", ", held);
    }

    // Surely, whoever gave back what is owed.
    static bool Holds(PermitState state, Value owner) =>
        owner != LockOwners.Anybody && state.Of(owner) > state.Owed;

    static bool TryRelease(PermitState state, Value owner, out PermitState next)
    {
        next = state;
        if (state.Taken == 0)
            return false;
        if (owner == LockOwners.Anybody)
            next = state with { Owed = state.Owed + 1 };
        else if (state.Of(owner) > 0)
            next = state.With(owner, -1);
        else if (state.Of(LockOwners.Anybody) > 0)
            next = state.With(LockOwners.Anybody, -1);
        else
            return false;
        return true;
    }
}
