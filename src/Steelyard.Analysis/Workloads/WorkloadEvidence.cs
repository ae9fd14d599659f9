using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads;

/// <summary>What the checkers of workloads read from operations, in one place.</summary>
internal static class WorkloadEvidence
{
    /// <summary>The operations of some functions, key by key: keys in order of first use, operations by
    /// invocation.</summary>
    public static List<List<Operation>> ByKey(History history, params string[] functions)
    {
        var parts = new List<List<Operation>>();
        var partOfKey = new int[history.Keys.Count];
        Array.Fill(partOfKey, -1);
        foreach (var operation in history.Operations)
        {
            if (!functions.Contains(operation.Function))
                continue;
            var key = history.KeyNumber(operation.Index);
            if (partOfKey[key] < 0)
            {
                partOfKey[key] = parts.Count;
                parts.Add([]);
            }

            parts[partOfKey[key]].Add(operation);
        }

        return parts;
    }

    /// <summary>Where something lies, after a noun: <c> of x</c>, or nothing without a key.</summary>
    public static string OfKey(Operation operation) => operation.Key.IsNil ? "" : $" of {operation.Key}";

    /// <summary>The elements that a completed read returned; nil is what Clojure calls an empty
    /// list.</summary>
    /// <exception cref="UserMistakeException">It returned no list.</exception>
    public static ReadOnlySpan<Value> ElementsOf(Operation read) => read.Output.Kind switch
    {
        ValueKind.List => read.Output.AsList,
        ValueKind.Nil => [],
        _ => throw Mistake(read, "a list of elements", read.Output),
    };

    /// <summary>A whole number.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static long IntegerOf(Operation operation, Value value, string what) =>
        value.IsInteger ? value.AsInteger : throw Mistake(operation, what, value);

    /// <summary>An operation holds something else than it should.</summary>
    public static UserMistakeException Mistake(Operation operation, string expected, Value found) =>
        OperationShapes.Mistake(
            operation, !IsWithin(found, operation.Input),
            $"expected {expected} of \"{operation.Function}\","
                + $" found {OperationShapes.Shortened(found.ToString())}");

    static bool IsWithin(Value part, Value whole)
    {
        if (part == whole)
            return true;
        if (whole.Kind == ValueKind.List)
            foreach (var element in whole.AsList)
                if (IsWithin(part, element))
                    return true;
        if (whole.Kind == ValueKind.Map)
            foreach (var (_, held) in whole.AsMap)
                if (IsWithin(part, held))
                    return true;
        return false;
    }
}
