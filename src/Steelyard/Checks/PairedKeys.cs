using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Operations whose keys stand in their values, as Jepsen's independent ones do: <c>write [k v]</c>,
/// and <c>read [k nil]</c> that returns <c>[k v]</c>.</summary>
internal static class PairedKeys
{
    static readonly string[] s_paired = [Functions.Read, Functions.Write, Functions.Cas, Functions.Delete];

    /// <summary>The same history, each key where keys belong. Operations that have one already are left as
    /// they are.</summary>
    /// <exception cref="UserMistakeException">A value is no pair, or a completion is of another
    /// key.</exception>
    public static History Apart(History history) => history.Operations.Any(IsPaired)
        ? RewrittenHistory.Of(
            history, operation => operation.Function,
            operation => IsPaired(operation) ? Returned(operation) : operation.Output, owner: null,
            operation => IsPaired(operation) ? Asked(operation) : (operation.Key, operation.Input))
        : history;

    static bool IsPaired(Operation operation) => operation.Key.IsNil && s_paired.Contains(operation.Function);

    static (Value Key, Value Input) Asked(Operation operation) =>
        Pair(operation, operation.Input, operation.InvokedAt);

    // What says nothing says nothing of its key either.
    static Value Returned(Operation operation)
    {
        if (operation.Output.IsNil)
            return Value.Nil;
        var (key, output) = Pair(operation, operation.Output, operation.CompletedAt);
        return key == Asked(operation).Key ? output : throw new UserMistakeException(
            $"operation {operation.RecordedIndex}: {operation.Function} of key {Asked(operation).Key}"
            + $" completes with key {key}")
        {
            Position = operation.CompletedAt,
        };
    }

    static (Value Key, Value Value) Pair(Operation operation, Value value, int position) =>
        value is { Kind: ValueKind.List, AsList: [var key, var held] } ? (key, held)
            : throw new UserMistakeException(
                $"operation {operation.RecordedIndex}: expected {operation.Function} of [key value], found"
                + $" {value}")
            {
                Position = position,
            };
}
