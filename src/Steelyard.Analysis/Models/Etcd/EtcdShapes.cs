using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Etcd;

/// <summary>What the payloads of an etcd's operations look like.</summary>
internal static class EtcdShapes
{
    const string Transaction =
        "{if: [{key, mod}], then: [[put k v], [delete k], [get k], [range from to limit]], else: […]}";

    static readonly PayloadShape Answer = new("a map such as {revision: 2}, or nothing", value =>
        value.Kind is ValueKind.Map or ValueKind.Nil);

    public static OperationShapes All { get; } = new(
        new FunctionShape(Functions.Get, PayloadShape.Any, Answer),
        new FunctionShape("range", new("a list [from, to, limit]", value => IsRange(value, 0)), Answer),
        new FunctionShape(Functions.Put, PayloadShape.Any, Answer),
        new FunctionShape(Functions.Delete, PayloadShape.Any, Answer),
        new FunctionShape(Functions.Txn, new(Transaction, IsTransaction), Answer),
        new FunctionShape("lease-grant", PayloadShape.Any, Answer),
        new FunctionShape("lease-revoke", PayloadShape.Any, Answer),
        new FunctionShape("compact", PayloadShape.Any, Answer),
        new FunctionShape("defragment", PayloadShape.Any, Answer));

    static bool IsTransaction(Value txn) => txn.Kind == ValueKind.Map
        && AllFit(txn["if"], condition => condition.Kind == ValueKind.Map)
        && AllFit(txn["then"], IsStep) && AllFit(txn["else"], IsStep);

    static bool IsStep(Value step) =>
        step is { Kind: ValueKind.List, AsList: [{ Kind: ValueKind.Text } word, _, ..] }
        && word.AsText switch
        {
            "put" => step.AsList.Length is 3 or 4,
            "delete" or Functions.Get => step.AsList.Length == 2,
            "range" => IsRange(step, 1),
            _ => false,
        };

    static bool IsRange(Value range, int from) =>
        range.Kind == ValueKind.List && range.AsList.Length - from is 2 or 3;

    static bool AllFit(Value list, Func<Value, bool> fits)
    {
        if (list.Kind != ValueKind.List)
            return false;
        foreach (var element in list.AsList)
            if (!fits(element))
                return false;
        return true;
    }
}
