using Steelyard.Live.Matrix;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;
using Steelyard.Live.Scripts;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines;

/// <summary>A kind of real system under test: how it is set up and started, how it is asked, and what it is
/// known to keep. One folder each.</summary>
internal abstract class Engine
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: what it is, and what there is to see.</summary>
    public abstract string Summary { get; }

    /// <summary>A paragraph for the report.</summary>
    public abstract string Story { get; }

    /// <summary>What must be installed.</summary>
    public abstract IReadOnlyList<EngineProgram> Programs { get; }

    /// <summary>What of it has versions, in the order in which it is told.</summary>
    public abstract IReadOnlyList<EngineRelease> Releases { get; }

    /// <summary>Whether it is programs that may lie in a folder of one's own; false where it is a
    /// library.</summary>
    public virtual bool HasPrograms => true;

    /// <summary>The ways in which it can be set up, the usual one first.</summary>
    public abstract IReadOnlyList<EngineSetup> Setups { get; }

    /// <summary>The image that has its programs, of the version that it is written for, and the user who owns
    /// its data within (<see cref="EngineContainer.User"/>); null where none has.</summary>
    public virtual (string Image, string? User)? Image => null;

    /// <summary>The names of the set-ups in which it may be one that runs already and is not ours
    /// (<see cref="EngineCluster.Settle"/>); none where it may not.</summary>
    public virtual IReadOnlyList<string> SetupsElsewhere => [];

    /// <summary>Whether one that is not ours is asked with a name and a password where it wants
    /// them.</summary>
    public virtual bool AsksWithName => true;

    /// <summary>Whether a set-up may be one that runs already and is not ours.</summary>
    public bool IsElsewhere(EngineSetup setup) =>
        SetupsElsewhere.Contains(setup.Name, StringComparer.Ordinal);

    /// <summary>The workloads that its clients understand, the usual one first.</summary>
    public abstract IReadOnlyList<LiveWorkload> Workloads { get; }

    /// <summary>What is known of it, to be tried: <c>steelyard live --matrix</c>.</summary>
    public virtual IReadOnlyList<MatrixRow> Rows => [];

    /// <summary>What its levels of isolation are said to let through; null where it has none. Its rows are to
    /// be among <see cref="Rows"/>.</summary>
    public virtual IsolationTable? IsolationTable => null;

    /// <summary>Its own options besides set-up and workload.</summary>
    public virtual IReadOnlyList<DesignOption> Options => [];

    /// <summary>True when its nodes are told where the others are (<see cref="ClusterNetwork.Peer"/>), so
    /// that
    /// proxies can stand between them where there are no network namespaces.</summary>
    public virtual bool TellsPeers => false;

    /// <summary>Why the clock of a program in Go cannot be set.</summary>
    protected const string OfGo = "Go programs ask the kernel for the time, past every library";

    /// <summary>Why the clock of an engine cannot be set whose allocator is jemalloc.</summary>
    protected const string OfJemalloc =
        "its allocator asks for the time before libfaketime can tell it, and it ends as it starts";

    /// <summary>Why no effect could be told of a clock that was set.</summary>
    protected const string Untold =
        "it runs under libfaketime, but tells nobody here what its clock says, so that no effect is seen";

    /// <summary>Why its clock cannot be set; null where it can, by libfaketime.</summary>
    public virtual string? WhyNoClock => "nobody has tried it under libfaketime";

    /// <summary>Whether it keeps anything on a disk, so that troubles of disks mean something to
    /// it.</summary>
    public virtual bool KeepsOnDisk => true;

    /// <summary>Whether its documentation says that what it acknowledges has been synced, so that it
    /// outlives a loss of power.</summary>
    public virtual bool SyncsWhatItAcknowledges(EngineSetup setup) => false;

    /// <summary>Why its cluster cannot be changed like this while it runs; null where it can
    /// (<see cref="EngineCluster.Change"/>).</summary>
    public string? WhyFixed(EngineSetup setup, MembershipChangeKind change) => setup.Nodes == 1
        ? "it has one node, and no cluster to change"
        : WhyNoChange(setup, change);

    /// <summary>Why a cluster of several nodes cannot be changed like this; null where it can.</summary>
    protected virtual string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) =>
        $"its nodes are told once and for all who belongs to {Name} here";

    /// <summary>A set-up by its name, with all options as they are where nobody says otherwise.</summary>
    public EngineSetup UsualSetup(string name) => SetupOf(name, option => option.Default);

    /// <summary>A set-up by its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="choose">The value of each option.</param>
    public EngineSetup SetupOf(string name, Func<DesignOption, string> choose) =>
        Setups.First(setup => setup.Name == name) with
        {
            Chosen = Options.ToDictionary(option => option.Name, choose, StringComparer.Ordinal),
        };

    /// <summary>Prepares a cluster; nothing is started yet.</summary>
    public abstract EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place);

    /// <summary>Makes a client; it connects when it is first asked something.</summary>
    public abstract IClient CreateClient(EngineCluster cluster, ClientSeat seat);
}

/// <summary>Where a client stands.</summary>
internal sealed record ClientSeat
{
    /// <summary>The node that it stands beside, 0-based.</summary>
    public required int Home { get; init; }

    /// <summary>The process it serves.</summary>
    public required int Process { get; init; }

    /// <summary>Its own stream of randomness.</summary>
    public required SeededRandom Random { get; init; }

    /// <summary>How long it waits for an answer; what is not answered by then is unknown.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);
}
