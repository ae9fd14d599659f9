using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>The longest orders that fit as the page draws them: the operations on lines of their processes,
/// and each order step by step.</summary>
internal static class OrderParts
{
    const int MostOrders = 8;
    const int MostOfOperation = 160;

    /// <summary>The orders of an anomaly, or null where it has none.</summary>
    public static OrdersData? Of(History history, Anomaly anomaly)
    {
        var orders = anomaly.PartialOrders;
        if (orders.Count == 0)
            return null;
        var shown = orders.Take(MostOrders).ToList();
        var others = shown.SelectMany(order => order.Steps).Where(step => !step.IsOfWitness)
            .Select(step => step.Operation).ToHashSet();
        var operations = anomaly.Witness.Union(others).Order().Select(index => history[index]).ToList();
        var places = Places(operations);
        var placeOf = operations.Index().ToDictionary(one => one.Item.Index, one => one.Index);
        return new(
            [.. operations.Select(operation => Bar(operation, places, others.Contains(operation.Index)))],
            [.. shown.Select(order => new OrderData(
                order.Initial,
                [.. order.Steps.Select(step => new OrderStepData(placeOf[step.Operation], step.State))],
                [.. order.Refused.Select(step => new OrderRefusalData(placeOf[step.Operation], step.Why))],
                order.Later))],
            Math.Max(0, orders.Count - MostOrders));
    }

    // Only what comes before what is drawn: each invocation and completion takes one place.
    static Dictionary<int, int> Places(IReadOnlyList<Operation> operations) => operations
        .SelectMany(operation => Ends(operation) ? [operation.InvokedAt, operation.CompletedAt]
            : new[] { operation.InvokedAt })
        .Order().Index().ToDictionary(one => one.Item, one => one.Index);

    static OrderedOperationData Bar(
        Operation operation, Dictionary<int, int> places, bool isOther) => new(
        operation.RecordedIndex, $"process {operation.ProcessName}", OperationText.Label(operation),
        ToldValue.Of(operation, MostOfOperation), places[operation.InvokedAt],
        Ends(operation) && !isOther ? places[operation.CompletedAt] : null, isOther);

    // One whose outcome is unknown may take effect at any later time.
    static bool Ends(Operation operation) => operation.Outcome is Outcome.Ok or Outcome.Fail;
}
