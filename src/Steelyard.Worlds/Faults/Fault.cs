using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Something that breaks, as data: recorded with the run, editable, replayable, shrinkable. Nodes are named;
/// the name <c>leader</c> stands for whoever leads when the fault begins.
/// </summary>
/// <remarks>
/// A kind of fault is one file: a record of this type, with its row (<see cref="FaultKind"/>), which stands
/// in <see cref="FaultKinds"/> or in <see cref="Scenario.OwnFaults"/>. Plans, histories, worlds, budget and
/// nemesis know it by this contract alone.
/// </remarks>
public abstract record Fault
{
    /// <summary>The name <c>leader</c> in place of a node's.</summary>
    public const string Leader = "leader";

    /// <summary>When it begins, from the start of the run.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How long it lasts; null is until the heal phase. Ignored by faults without extent.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Its name in plans and histories.</summary>
    public string Kind => Row.Name;

    /// <summary>False for a fault without extent, such as a clock's jump.</summary>
    public virtual bool HasExtent => true;

    /// <summary>All names it mentions.</summary>
    public IEnumerable<string> Names => Row.Fields.SelectMany(told => told.NamesIn(this));

    /// <summary>What its plan says of it besides names and times, a map by the plan's words; nil where
    /// nothing is said.</summary>
    public Value Details => Row.DetailsOf(this);

    /// <summary>The row of its kind.</summary>
    public abstract FaultKind Row { get; }

    /// <summary>One line for people; names are resolved.</summary>
    public abstract string Describe();

    /// <summary>The nodes it hits; none for faults of links.</summary>
    public virtual IReadOnlyList<string> Hit => [];

    /// <summary>The links it cuts.</summary>
    public virtual IReadOnlyList<LinksCut> Cuts => [];

    /// <summary>What it costs, of everything that adds up: see <see cref="FaultResources"/>.</summary>
    public virtual IEnumerable<FaultCost> Costs => [];

    /// <summary>Refuses it where it does not make sense, or where a node it names cannot do it.</summary>
    public virtual void Check(FaultCheck check)
    {
    }

    /// <summary>Lets it begin in a world; its names are resolved.</summary>
    /// <param name="world">What it may do.</param>
    /// <param name="effect">Set when it did something.</param>
    /// <returns>What ends it; never called where it has no extent.</returns>
    public abstract Action Apply(IFaultableWorld world, EffectMark effect);

    /// <summary>The same fault, of whoever leads now where it names the leader.</summary>
    public Fault WithLeader(Func<string> leaderNow)
    {
        if (!Names.Contains(Leader, StringComparer.Ordinal))
            return this;
        var leader = leaderNow();
        return Row.Fields.Aggregate(this, (fault, field) => field.WithLeader(fault, leader));
    }

    /// <summary>Its start or end as it stands in a history; its names are resolved.</summary>
    /// <param name="place">Its place in the plan.</param>
    /// <param name="phase">Start, end or instant.</param>
    /// <param name="timeNs">When, in ns of the run.</param>
    /// <param name="nodes">All nodes of the cluster, in order.</param>
    public FaultEvent Event(int place, FaultPhase phase, long timeNs, IEnumerable<string> nodes) => new()
    {
        TimeNs = timeNs,
        Phase = phase,
        Kind = Kind,
        Fault = place,
        Description = Describe(),
        Nodes = Hit,
        Cuts = Cuts,
        Uncut = Cuts.Count == 0 ? [] : [.. nodes.Except(Names, StringComparer.Ordinal)],
        Details = Details,
    };

    /// <summary>When it ends; without an end, or where it is for good, never.</summary>
    internal TimeSpan End => For is { } lasts && HasExtent ? At + lasts : TimeSpan.MaxValue;

    /// <summary>What it costs while it lasts, of one resource, on each node it hits.</summary>
    protected FaultCost Cost(FaultResource of, double amount = 1) => new(of, Hit, amount, At, End);

    /// <summary>Begins something on each node it hits.</summary>
    /// <returns>What ends it on all of them.</returns>
    protected Action OnEachNode(IFaultableWorld world, Func<IFaultableNode, Action> begin)
    {
        Action[] ends = [.. Hit.Distinct(StringComparer.Ordinal).Select(name => begin(world.Node(name)))];
        return () => Array.ForEach(ends, end => end());
    }

    /// <summary>Lets something without extent happen on each node it hits.</summary>
    /// <returns>What ends nothing.</returns>
    protected Action OnceOnEachNode(IFaultableWorld world, Action<IFaultableNode> happen)
    {
        foreach (var name in Hit.Distinct(StringComparer.Ordinal))
            happen(world.Node(name));
        return () => { };
    }
}
