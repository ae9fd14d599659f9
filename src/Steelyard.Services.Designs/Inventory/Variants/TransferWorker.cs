using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>Finishes transfers whose asker crashed, or was not answered.</summary>
internal sealed class TransferWorker(ISeller seller, TimeProvider time) : Repeating(time)
{
    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        await ((Escrow)seller).FinishTransfer(cancellation).ConfigureAwait(false);
        return false;
    }
}
