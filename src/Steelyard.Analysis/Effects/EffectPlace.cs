using Steelyard.Analysis.Shapes;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Somewhere effects can be seen, and those that were: a replica, which told once what it had applied
/// (<see cref="Functions.ReplicaState"/>), or what is done by operations, each time of which was seen
/// (<see cref="Functions.Effect"/>).
/// </summary>
/// <param name="name">What people call it.</param>
/// <param name="isReplica">True for a replica, where every operation must have its effect.</param>
internal sealed class EffectPlace(string name, bool isReplica)
{
    readonly HashSet<string> _functions = new(StringComparer.Ordinal);

    /// <summary>What people call it, after "took effect".</summary>
    public string Name => isReplica ? $"at {name}" : $"({name})";

    /// <summary>True for a replica.</summary>
    public bool IsReplica => isReplica;

    /// <summary>The effects that surely took place: an operation that shows each.</summary>
    public SeenEffects Sure { get; } = new();

    /// <summary>Those that may have taken place.</summary>
    public SeenEffects Perhaps { get; } = new();

    /// <summary>Effects of which nobody knows whose they are.</summary>
    public int Nameless { get; private set; }

    /// <summary>The operation that told what is not there; none where effects were seen one by one.</summary>
    public IReadOnlyList<int> Witness { get; private init; } = [];

    /// <summary>How often an effect surely took place.</summary>
    public int Count(Value id) => Sure.Count(id);

    /// <summary>How often it may have, besides.</summary>
    public int PerhapsCount(Value id) => Perhaps.Count(id);

    /// <summary>Whether operations of a function have their effect here.</summary>
    public bool IsOf(string function) => isReplica || _functions.Contains(function);

    /// <summary>All places of a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="functionOf">The function of the operation with an id; null where there is none.</param>
    public static List<EffectPlace> Of(History history, Func<Value, string?> functionOf)
    {
        var places = new List<EffectPlace>();
        foreach (var state in ReplicaStates(history))
            places.Add(OfReplica(state));
        var seen = new SortedDictionary<Value, EffectPlace>();
        foreach (var operation in history.Operations)
            if (operation.Function == Functions.Effect && operation.Outcome != Outcome.Fail)
            {
                if (!seen.TryGetValue(operation.Key, out var place))
                    seen.Add(operation.Key, place = new(NameOf(operation), isReplica: false));
                place.Add(operation, functionOf);
            }

        places.AddRange(seen.Values);
        return places;
    }

    static string NameOf(Operation effect) => effect.Key.IsNil ? "its effect" : effect.Key.ToString();

    static EffectPlace OfReplica(Operation state)
    {
        var applied = Field(state.Output, "applied", Value.EmptyList);
        if (applied.Kind != ValueKind.List)
            throw OperationShapes.Mistake(
                state, isCompletion: true,
                $"expected a list of ids as applied, found {OperationShapes.Shortened(applied.ToString())}");
        var place = new EffectPlace(ReplicaName(state), isReplica: true) { Witness = [state.Index] };
        foreach (var id in applied.AsList)
            place.Sure.Add(id, state.Index);
        return place;
    }

    void Add(Operation effect, Func<Value, string?> functionOf)
    {
        var id = IdOf(effect);
        if (id.IsNil)
        {
            Nameless++;
            return;
        }

        (effect.Outcome == Outcome.Ok ? Sure : Perhaps).Add(id, effect.Index);
        if (functionOf(id) is { } function)
            _functions.Add(function);
    }
}
