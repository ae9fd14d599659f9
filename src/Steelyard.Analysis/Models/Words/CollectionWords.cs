using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1: dequeue gave 7, although in every order that fits so far the next was 5": of queues,
/// stacks and priority queues.</summary>
/// <param name="next">What a take or a peek gives in a state; null where nothing is there.</param>
internal sealed class CollectionWords(Func<Value, Operation, Value?> next) : ModelWords<Value>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<Value> states)
    {
        var output = operation.Output;
        var isNothing = CollectionModel.MeansEmpty(output);
        var answer = $"{Who(operation)} was given {(isNothing ? "nothing" : Told(output))} by"
            + $" {operation.Function}";
        // What was never there, or is there no more, is more telling than what came next.
        return !isNothing && states.All(state => !state.AsList.Contains(output))
            ? new(answer, $"{Told(output)} was", ["not there"])
            : new(answer, "the next was", states.Select(state =>
                next(state, operation) is { } one ? Told(one) : "none: nothing was there"));
    }
}
