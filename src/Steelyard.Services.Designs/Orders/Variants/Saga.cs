using Steelyard.Services.Designs.Orders.Api;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>
/// Carries an order through stock and payment, step by step, or back (Garcia-Molina and Salem, Sagas, SIGMOD
/// 1987). Every step and every undoing may be repeated, by this host or by another one that took over: they
/// go by the order's id.
/// </summary>
internal sealed class Saga(OrderBook book, Neighbours neighbours, OrdersVariant variant)
{
    /// <summary>Forward: reserves, charges, confirms. A refusal turns it back.</summary>
    public async Task Run(Order order, CancellationToken cancellation)
    {
        if (await Reserve(order, cancellation).ConfigureAwait(false)
            && await neighbours.Put(OrdersScenario.Payment, order.Charge, cancellation).ConfigureAwait(false))
            await book.Confirm(order.Id, cancellation).ConfigureAwait(false);
        else
            await GoBack(order, cancellation).ConfigureAwait(false);
    }

    /// <summary>Back: undoes every step that may have been done, unless the order was confirmed.</summary>
    public async Task GoBack(Order order, CancellationToken cancellation)
    {
        // First: whoever still carries it forward is refused the confirmation from here on.
        await book.BeginToCancel(order.Id, cancellation).ConfigureAwait(false);
        var progress = await book.Progress(order.Id, cancellation).ConfigureAwait(false);
        if (progress.State != "cancelling")
            return;
        if (IsToUndo(progress.Charged))
            await neighbours.Delete(OrdersScenario.Payment, $"charges/{order.Id}", cancellation)
                .ConfigureAwait(false);
        if (IsToUndo(progress.Reserved))
            await neighbours.Delete(OrdersScenario.Stock, $"reservations/{order.Id}", cancellation)
                .ConfigureAwait(false);
        await book.Cancelled(order.Id, cancellation).ConfigureAwait(false);
    }

    // A step whose answer never came may have been done, or may come yet.
    bool IsToUndo(bool isKnownDone) => variant.Compensates && (isKnownDone || variant.CompensatesUnknown);

    async Task<bool> Reserve(Order order, CancellationToken cancellation)
    {
        if (!await neighbours.Put(OrdersScenario.Stock, order.Reservation, cancellation)
            .ConfigureAwait(false))
            return false;
        await book.NoteReserved(order.Id, cancellation).ConfigureAwait(false);
        return true;
    }
}
