using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Versioned;

/// <summary>
/// What operations of a versioned register carry. A read returns <c>[version value]</c> or <c>{version,
/// value}</c>; a write is of a value, bare or as <c>[nil value]</c> or <c>{value}</c>, and returns its
/// version, bare or in either way; a cas likewise, its value being <c>[from to]</c>.
/// </summary>
internal static class VersionedPayload
{
    const string Answer = "[version value] or {version, value}, the version a number, a time such as"
        + " 2026-11-30T10:00:00Z, or nil";
    const string Change = "[from to], bare, as [nil [from to]] or as {value: [from to]}";

    /// <summary>What they must look like.</summary>
    public static OperationShapes Shapes { get; } = new(
        new FunctionShape(Functions.Read, PayloadShape.Any, new(Answer, IsAnswer)),
        new FunctionShape(
            Functions.Cas, new(Change, input => Written(input) is { Kind: ValueKind.List, AsList.Length: 2 }),
            PayloadShape.Any));

    /// <summary>The value that a write brings, or the pair of a cas.</summary>
    public static Value Written(Value input) => input switch
    {
        { Kind: ValueKind.List, AsList: [{ IsNil: true }, var value] } => value,
        { Kind: ValueKind.Map } when Has(input, "value") => input["value"],
        _ => input,
    };

    /// <summary>The version that an answer tells; nil where it tells none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="bareIsVersion">Whether a bare number or time is one.</param>
    public static Value VersionIn(Value answer, bool bareIsVersion)
    {
        var version = answer switch
        {
            { Kind: ValueKind.List, AsList: [var first, ..] } => first,
            { Kind: ValueKind.Map } => answer["version"],
            _ => bareIsVersion ? answer : Value.Nil,
        };
        return VersionScale.IsVersion(version) ? version : Value.Nil;
    }

    /// <summary>True when the answer of a change says its version, or nothing: not a text, a number or a date
    /// that is no version, which would be passed over unseen.</summary>
    public static bool IsAnswerOf(Operation change) => change.Output is var answer
        && (answer == change.Input || answer == Written(change.Input) || VersionScale.IsVersion(answer)
            || answer.Kind switch
            {
                ValueKind.Nil => true,
                ValueKind.Boolean => answer == Value.Of(true),
                ValueKind.List => answer.AsList.Length > 0 && IsVersion(answer.AsList[0]),
                ValueKind.Map => IsVersion(answer["version"]),
                _ => false,
            });

    /// <summary>The mistake of a change that is answered otherwise.</summary>
    public static UserMistakeException NoAnswer(Operation change) => OperationShapes.Mistake(
        change, isCompletion: true,
        $"expected {change.Function} to return {Answer}, nothing, or its argument again, found"
        + $" {OperationShapes.Shortened(change.Output.ToString())}");

    /// <summary>The value that a read returned.</summary>
    public static Value ValueIn(Value answer) => answer switch
    {
        { Kind: ValueKind.List, AsList: [_, var value] } => value,
        { Kind: ValueKind.Map } => answer["value"],
        _ => Value.Nil,
    };

    static bool IsAnswer(Value answer) => answer.Kind switch
    {
        ValueKind.Nil => true,
        ValueKind.List => answer.AsList.Length == 2 && IsVersion(answer.AsList[0]),
        ValueKind.Map => IsVersion(answer["version"]),
        _ => false,
    };

    static bool IsVersion(Value version) => version.IsNil || VersionScale.IsVersion(version);

    static bool Has(Value map, Value key)
    {
        foreach (var (one, _) in map.AsMap)
            if (one == key)
                return true;
        return false;
    }
}
