using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>A map from keys to texts: get, put, append. A key never put reads as the empty text.</summary>
internal sealed class TextMap : IStateMachine
{
    readonly SortedDictionary<Value, Value> _texts = [];

    /// <inheritdoc/>
    public bool IsRead(string function) => function == Functions.Get;

    /// <inheritdoc/>
    public Completion Apply(in Command command)
    {
        var current = _texts.TryGetValue(command.Key, out var text) ? text.AsText : "";
        switch (command.Function)
        {
            case Functions.Get:
                return Completion.Ok(current);
            case Functions.Put:
                _texts[command.Key] = command.Input;
                return Completion.Ok(Value.Nil);
            case Functions.Append:
                _texts[command.Key] = current + command.Input.AsText;
                return Completion.Ok(Value.Nil);
            default:
                throw new InvalidOperationException($"a map has no {command.Function}");
        }
    }

    /// <inheritdoc/>
    public Value Snapshot() => Maps.ToValue(_texts);

    /// <inheritdoc/>
    public void Restore(Value snapshot) => Maps.Restore(_texts, snapshot);
}

/// <summary>Sorted maps as values and back.</summary>
static class Maps
{
    public static Value ToValue(SortedDictionary<Value, Value> map)
    {
        var pairs = new (Value, Value)[map.Count];
        var i = 0;
        foreach (var (key, value) in map)
            pairs[i++] = (key, value);
        return Value.Map(pairs);
    }

    public static void Restore(SortedDictionary<Value, Value> map, Value snapshot)
    {
        map.Clear();
        if (snapshot.IsNil)
            return;
        foreach (var (key, value) in snapshot.AsMap)
            map.Add(key, value);
    }
}
