using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>A node that says what there is to see of its state, for people who look at a run: its term, how
/// much it has committed, whether it leads.</summary>
public interface IShowsState
{
    /// <summary>Adds what it shows, a few values. It must change nothing and send nothing: it is asked only
    /// when somebody looks.</summary>
    /// <param name="sheet">Where to; empty.</param>
    void ShowState(StateSheet sheet);
}

/// <summary>Takes down what a node shows of itself; its values are in order of their names.</summary>
public sealed class StateSheet
{
    readonly List<StateValue> _values = [];

    /// <summary>What was added so far, in order of names.</summary>
    public IReadOnlyList<StateValue> Values => _values;

    /// <summary>Adds a number.</summary>
    /// <param name="name">Its name, in the field's words: <c>commit index</c>; each once.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The name was there already.</exception>
    public void Add(string name, long value) => Add(name, (Value)value);

    /// <summary>Adds some words; null is nothing there.</summary>
    /// <inheritdoc cref="Add(string, long)"/>
    public void Add(string name, string? value) => Add(name, (Value)value);

    /// <summary>Adds whether something is so.</summary>
    /// <inheritdoc cref="Add(string, long)"/>
    public void Add(string name, bool value) => Add(name, Value.Of(value));

    /// <summary>Makes it empty.</summary>
    public void Clear() => _values.Clear();

    void Add(string name, Value value)
    {
        var place = _values.Count;
        while (place > 0 && string.CompareOrdinal(name, _values[place - 1].Name) <= 0)
            place--;
        if (place < _values.Count && _values[place].Name == name)
            throw new ArgumentException($"expected names that differ, found {name} twice", nameof(name));
        _values.Insert(place, new(name, value));
    }
}

/// <summary>One thing that a node shows of itself.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value: a number, words, whether it is so, or nil.</param>
public readonly record struct StateValue(string Name, Value Value);

/// <summary>What there is to see of a node at one instant.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Status">Whether it is up.</param>
/// <param name="Values">What it shows of itself, in order of names; empty where it is down, or shows
/// nothing.</param>
public sealed record NodeState(string Node, NodeStatus Status, IReadOnlyList<StateValue> Values);

/// <summary>Whether a node is up.</summary>
public enum NodeStatus
{
    /// <summary>It runs.</summary>
    Up,

    /// <summary>It is held still, and what reaches it waits.</summary>
    Paused,

    /// <summary>It does not run: crashed, stopped, or drained.</summary>
    Down,
}
