using Steelyard.Histories;
using Steelyard.Worlds.Faults;

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

    /// <summary>False when its world has no say over what happens when: the seed fixes what is asked and what
    /// breaks, and a second run is another one.</summary>
    public virtual bool IsReplayable => true;

    /// <summary>Why a fault cannot happen to it, as in: <c>crash cannot happen to a live redis: …</c>; null
    /// where it can.</summary>
    public virtual string? CannotDo(Fault fault) => null;

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
