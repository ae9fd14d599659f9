using Steelyard.Live.Engines;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live;

/// <summary>A real engine, started for the run on this machine.</summary>
internal sealed record LiveDeployment : Deployment
{
    /// <inheritdoc/>
    public override string Kind => $"a live {Engine.Name}";

    // Its client libraries want more threads than a simulation may have.
    /// <inheritdoc/>
    public override bool FillsProcess => true;

    /// <summary>The engine.</summary>
    public required Engine Engine { get; init; }

    /// <summary>How it is set up.</summary>
    public required EngineSetup Setup { get; init; }

    /// <inheritdoc/>
    public override bool IsReplayable => false;

    /// <inheritdoc/>
    public override string? CannotDo(Fault fault) => LiveFaultRules.WhyNot(fault, Engine, Setup);
}
