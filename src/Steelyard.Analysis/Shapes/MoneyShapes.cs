using Steelyard.Histories;

namespace Steelyard.Analysis.Shapes;

/// <summary>Transfers, and balances by account, all in cents.</summary>
internal static class MoneyShapes
{
    const string Cents = "{account: cents, …} of whole numbers";

    public static FunctionShape Transfer { get; } = new(
        Functions.Transfer,
        PayloadShape.MapOfIntegers("{from, to, amount} of whole numbers", "from", "to", "amount"),
        PayloadShape.Any);

    public static OperationShapes All { get; } = new(
        Transfer,
        new FunctionShape(Functions.Balances, PayloadShape.Any, new(Cents, IsNoMapOrIntegers)),
        new FunctionShape(
            Functions.ReplicaState, PayloadShape.Any,
            new($"with balances {Cents}", state => state.Kind != ValueKind.Map
                || IsNoMapOrIntegers(state["balances"]))));

    // Balances that are no map were not read, and are passed over.
    static bool IsNoMapOrIntegers(Value balances) =>
        balances.Kind != ValueKind.Map || PayloadShape.Integers(Cents).Fits!(balances);
}
