using Steelyard.Analysis.Models;
using Steelyard.Designs.Requests;
using Steelyard.Designs.Stores;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Kv;

/// <summary>A map of texts: get, put, append.</summary>
internal sealed class KvDesign : StoreDesign
{
    /// <inheritdoc/>
    public override string Name => "kv";

    /// <inheritdoc/>
    public override string Summary =>
        "a map of texts with get, put and append; a retry that is applied twice shows in the text";

    /// <inheritdoc/>
    public override string Story =>
        "Clients on both sides of two data centres get, put and append. The link between the data centres is"
        + " cut for a third of the run; clients that hear nothing ask again, and an append must not "
        + "happen twice"
        + " for it.";

    /// <inheritdoc/>
    /// <remarks>Appends show best what is applied twice or not at all.</remarks>
    protected override double ConditionalShare => 0.5;

    /// <inheritdoc/>
    protected override Model Model => KnownModels.Kv();

    /// <inheritdoc/>
    protected override IStateMachine CreateMachine() => new TextMap();

    /// <inheritdoc/>
    protected override IWorkload CreateWorkload(KeyedLoad load) => new KvWorkload(load);
}
