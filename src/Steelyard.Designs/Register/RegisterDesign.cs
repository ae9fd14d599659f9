using Steelyard.Analysis.Models;
using Steelyard.Designs.Requests;
using Steelyard.Designs.Stores;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Register;

/// <summary>Registers: read, write, compare and set.</summary>
internal sealed class RegisterDesign : StoreDesign
{
    /// <inheritdoc/>
    public override string Name => "register";

    /// <inheritdoc/>
    public override string Summary =>
        "registers that replicas keep; choose how they agree, and see what it costs and what breaks";

    /// <inheritdoc/>
    public override string Story =>
        "Clients on both sides of two data centres read and write a few registers. The link between the data"
        + " centres is cut for a third of the run. A replication that keeps the registers linearizable must"
        + " refuse someone meanwhile; one that refuses nobody must give something else up.";

    /// <inheritdoc/>
    protected override Model Model => KnownModels.CasRegister();

    /// <inheritdoc/>
    protected override IStateMachine CreateMachine() => new Registers();

    /// <inheritdoc/>
    protected override IWorkload CreateWorkload(KeyedLoad load) => new RegisterWorkload(load);
}
