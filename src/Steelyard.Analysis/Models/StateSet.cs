using System.Collections;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>The states in which a thing may be, without repetition, in the order in which they were found.
/// Equal to another that holds the same, in whatever order.</summary>
/// <typeparam name="TState">One of them: immutable, equal by content.</typeparam>
public sealed class StateSet<TState> : IReadOnlyCollection<TState>, IEquatable<StateSet<TState>>
    where TState : IEquatable<TState>
{
    readonly List<TState> _states = [];
    readonly HashSet<TState> _known = [];
    readonly int _hash;

    /// <summary>Holds each of some states once.</summary>
    public StateSet(IEnumerable<TState> states)
    {
        foreach (var state in states)
        {
            if (!_known.Add(state))
                continue;
            _states.Add(state);
            // The same in whatever order they come.
            _hash += (int)StableHash.Mix((ulong)state.GetHashCode());
        }
    }

    /// <inheritdoc/>
    public int Count => _states.Count;

    /// <inheritdoc/>
    public IEnumerator<TState> GetEnumerator() => _states.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(StateSet<TState>? other) =>
        other is not null && other._hash == _hash && other.Count == Count
        && _states.TrueForAll(other._known.Contains);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StateSet<TState> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
