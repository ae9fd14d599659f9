using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>
/// Finishes sagas that nobody carries on any more: one that was seen unsettled for several turns goes back.
/// No clock is asked, and hosts need not agree: whatever two of them do to one saga may be done twice.
/// </summary>
internal sealed class SagaRecovery(
    OrderBook book, Saga saga, OpenSagas ownSagas, OrdersVariant variant, TimeProvider time) : Repeating(time)
{
    // With the pause between turns that is longer than a request gives its saga.
    const int TurnsUntilStuck = 6;

    Dictionary<string, int> _looks = [];

    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        var open = variant.KeepsSagas
            ? await book.Unsettled(cancellation).ConfigureAwait(false)
            : ownSagas.All;
        _looks = open.ToDictionary(order => order.Id, order => _looks.GetValueOrDefault(order.Id) + 1);
        foreach (var order in open.Where(order => _looks[order.Id] > TurnsUntilStuck).ToList())
        {
            await saga.GoBack(order, cancellation).ConfigureAwait(false);
            ownSagas.End(order);
        }

        return false;
    }
}

/// <summary>The sagas that this host began and has not ended; a crash forgets them.</summary>
internal sealed class OpenSagas
{
    readonly List<Order> _all = [];

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<Order> All => _all;

    /// <summary>One begins.</summary>
    public void Begin(Order order) => _all.Add(order);

    /// <summary>One is settled.</summary>
    public void End(Order order) => _all.Remove(order);
}
