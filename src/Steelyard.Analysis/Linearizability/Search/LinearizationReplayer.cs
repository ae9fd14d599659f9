using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// Checks a linearization by running it: one pass, no search, sharing no code with what found it. Every
/// required operation stands in it once, none twice, real time is respected, and the specification allows
/// each step.
/// </summary>
public static class LinearizationReplayer
{
    /// <summary>The same, for a model that has been fitted to the history.</summary>
    internal static string? FaultIn<TState>(
        Model<TState> model, History history, IReadOnlyList<int> linearization)
        where TState : IEquatable<TState> =>
        Missing(model, history, linearization)
        ?? OutOfTime(model, history, linearization)
        ?? Refused(model, history, linearization);

    /// <summary>What is wrong with an explanation; null when it holds.</summary>
    public static string? Fault(Model model, History history, IReadOnlyList<int> linearization) =>
        model.For(history).FaultOf(history, linearization);

    static string? Missing(Model model, History history, IReadOnlyList<int> linearization)
    {
        var seen = new bool[history.Count];
        foreach (var index in linearization)
        {
            if (seen[index])
                return $"operation {history[index].RecordedIndex} stands twice in it";
            seen[index] = true;
            if (model.RoleOf(history[index]) == OperationRole.Ignored)
                return $"operation {history[index].RecordedIndex} did not happen and stands in it";
        }

        for (var i = 0; i < history.Count; i++)
            if (!seen[i] && model.RoleOf(history[i]) == OperationRole.Required)
                return $"operation {history[i].RecordedIndex} happened and is missing from it";
        return null;
    }

    // An operation may not stand after one that was invoked when it had already returned.
    static string? OutOfTime(Model model, History history, IReadOnlyList<int> linearization)
    {
        var latestInvocation = -1;
        foreach (var index in linearization)
        {
            var operation = history[index];
            if (model.RoleOf(operation) == OperationRole.Required && operation.CompletedAt < latestInvocation)
                return $"operation {operation.RecordedIndex} stands after one that began when it had"
                    + " returned";
            latestInvocation = Math.Max(latestInvocation, operation.InvokedAt);
        }

        return null;
    }

    static string? Refused<TState>(Model<TState> model, History history, IReadOnlyList<int> linearization)
        where TState : IEquatable<TState>
    {
        var states = new Dictionary<Value, TState>();
        foreach (var index in linearization)
        {
            var operation = history[index];
            var key = model.KeysAreIndependent ? operation.Key : Value.Nil;
            var state = states.TryGetValue(key, out var found) ? found : model.Initial(key);
            if (!model.TryStep(state, operation, out var next))
                return $"operation {operation.RecordedIndex} is not allowed in state {model.Describe(state)}";
            states[key] = next;
        }

        return null;
    }
}
