using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Locks;

/// <summary>What the answers of locks and permits say.</summary>
internal static class LockAnswers
{
    /// <summary>True when an acquire found nothing to take, or a release nothing to give back.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="zeroRefuses">False where a number is a token, and only false a refusal.</param>
    public static bool IsRefusal(Operation operation, bool zeroRefuses) => operation.Outcome == Outcome.Ok
        && (operation.Output == Value.Of(false) || (zeroRefuses && operation.Output == 0));

    /// <summary>The token that came with a lock or a write: the payload itself, the first of a list, or the
    /// <c>token</c> or <c>fence</c> of a map. Nil where a map has none, or a fence that is not above 0: such
    /// is the one that Hazelcast gives where it gives none.</summary>
    public static Value TokenIn(Value payload) => payload.Kind switch
    {
        ValueKind.Map when !payload["token"].IsNil => payload["token"],
        ValueKind.Map => payload["fence"] is { IsInteger: true, AsInteger: <= 0 }
            ? Value.Nil : payload["fence"],
        ValueKind.List when payload.AsList.Length > 0 => payload.AsList[0],
        _ => payload,
    };
}
