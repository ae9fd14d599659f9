using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>An operation in the few letters that fit its bar.</summary>
internal static class OperationText
{
    /// <summary>As <c>write x 7</c>, <c>read x → 7</c>, <c>transfer 3→5 412</c>.</summary>
    public static string Label(Operation operation)
    {
        var key = operation.Key.IsNil ? "" : $" {operation.Key}";
        var input = operation.Input.IsNil || Input(operation) is not { Length: > 0 } told ? "" : $" {told}";
        var output = operation.Outcome == Outcome.Ok && Tells(operation) ? $" → {operation.Output}" : "";
        return ReportParts.Shortened($"{operation.Function}{key}{input}{output}", 60);
    }

    static string Input(Operation operation)
    {
        // Of a request of services what it did has a name, and the rest is how it was sent.
        if (operation.Input is { Kind: ValueKind.Map } asked && !asked["sent"].IsNil)
            return asked["id"].IsNil ? "" : asked["id"].ToString();
        if (operation.Function != Functions.Transfer || operation.Input.Kind != ValueKind.Map)
            return operation.Input.ToString();
        var input = operation.Input;
        return $"{input["from"]}→{input["to"]} {input["amount"]}";
    }

    // A write that repeats its argument, or says true, tells nothing that its colour does not.
    static bool Tells(Operation operation) =>
        !operation.Output.IsNil && operation.Output != operation.Input && operation.Output != Value.Of(true);
}
