using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// What runs on a scenario's cluster. Each kind is made for some worlds, and a world says which kinds it runs
/// (<see cref="IWorld.CanRun"/>); nothing else needs to know what kinds there are.
/// </summary>
public abstract record Deployment
{
    /// <summary>What it is made of, in a few words for messages: <c>simulated nodes</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>False when its operations are counted and not kept (<see cref="IRunAccount"/>): there are too
    /// many to show one by one.</summary>
    public virtual bool KeepsOperations => true;

    /// <summary>True when a run of it takes a whole process for itself, so that a hunt needs one for each of
    /// its threads.</summary>
    public virtual bool FillsProcess => false;

    /// <summary>The mistake of whoever asks a world for a deployment that it cannot run.</summary>
    /// <param name="scenario">What was asked for.</param>
    public static UserMistakeException NoWorldRuns(Scenario scenario) => new(
        $"{scenario.Design}: expected a deployment that a world here runs, found {scenario.Deployment.Kind}");
}

/// <summary>A deployment whose nodes and clients live in the simulated network, in virtual time.</summary>
public abstract record NodeDeployment : Deployment
{
    /// <summary>Makes a server, at birth and at each restart.</summary>
    public required Func<INodeWorld, INode> CreateNode { get; init; }

    /// <summary>Makes a client, for each process.</summary>
    public required Func<IClientWorld, IClient> CreateClient { get; init; }

    /// <summary>The deployment of one run, for what its nodes count together; this one where they count
    /// nothing.</summary>
    public virtual NodeDeployment ForRun() => this;

    /// <summary>What the nodes of one run count together (<see cref="ForRun"/>); null where they count
    /// nothing.</summary>
    public virtual IRunAccount? Account => null;
}

/// <summary>Nodes that only handle messages; the simulated world runs them.</summary>
public record SimulatedDeployment : NodeDeployment
{
    /// <inheritdoc/>
    public override string Kind => "simulated nodes";
}
