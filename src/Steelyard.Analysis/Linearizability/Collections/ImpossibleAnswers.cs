using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>Answers that no collection gives, whatever its order.</summary>
internal static class ImpossibleAnswers
{
    /// <summary>A value came out that nobody put in.</summary>
    public static Anomaly NeverAdded(CollectionModel model, History history, Operation take)
    {
        foreach (var add in history.Operations)
            if (add.Outcome == Outcome.Fail && add.Key == take.Key && model.Adds(add)
                && add.Input == take.Output)
                return Broken($"{Text(take)}, which failed to be added", add.Index, take.Index);
        return Broken($"{Text(take)}, which nobody had added", take.Index);
    }

    /// <summary>A value came out twice.</summary>
    public static Anomaly TakenTwice(History history, int add, int first, Operation second) => Broken(
        $"{Text(second)}, which process {history[first].ProcessName} had taken already",
        add, first, second.Index);

    /// <summary>A value came out before it was put in.</summary>
    public static Anomaly TakenBefore(Operation take, int add) =>
        Broken($"{Text(take)}, before it was added", take.Index, add);

    /// <summary>A value was seen after it had come out.</summary>
    public static Anomaly SeenAfter(Operation peek, int add, int take) =>
        Broken($"{Text(peek)}, after it had been taken", add, take, peek.Index);

    /// <summary>An anomaly with its operations in order.</summary>
    public static Anomaly Broken(string sentence, params IEnumerable<int> operations) =>
        new("not-linearizable", sentence, [.. operations.Where(i => i >= 0).Distinct().Order()]);

    static string Text(Operation operation) => Witness.Told(operation);
}
