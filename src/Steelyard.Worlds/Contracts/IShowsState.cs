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

/// <summary>Takes down what a node shows of itself.</summary>
public sealed class StateSheet
{
    readonly List<StateValue> _values = [];

    /// <summary>What was added, in order of names.</summary>
    /// <exception cref="InvalidOperationException">A name was added twice.</exception>
    public IReadOnlyList<StateValue> Values
    {
        get
        {
            StateValue[] sorted = [.. _values.OrderBy(value => value.Name, StringComparer.Ordinal)];
            for (var i = 1; i < sorted.Length; i++)
                if (sorted[i].Name == sorted[i - 1].Name)
                    throw new InvalidOperationException(
                        $"expected names that differ, found {sorted[i].Name} twice");
            return sorted;
        }
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">Its name, in the field's words: <c>commit index</c>; each once.</param>
    /// <param name="value">Its value.</param>
    public void Add(string name, long value) => _values.Add(new(name, value));

    /// <summary>Adds some words; null is nothing there.</summary>
    /// <inheritdoc cref="Add(string, long)"/>
    public void Add(string name, string? value) => _values.Add(new(name, value));

    /// <summary>Adds whether something is so.</summary>
    /// <inheritdoc cref="Add(string, long)"/>
    public void Add(string name, bool value) => _values.Add(new(name, Value.Of(value)));

    /// <summary>Makes it empty.</summary>
    public void Clear() => _values.Clear();

    /// <summary>Whether another sheet has the same on it, added in the same order.</summary>
    public bool IsSameAs(StateSheet other)
    {
        if (_values.Count != other._values.Count)
            return false;
        for (var i = 0; i < _values.Count; i++)
            if (_values[i].Value != other._values[i].Value || _values[i].Name != other._values[i].Name)
                return false;
        return true;
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
