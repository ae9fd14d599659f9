using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture;

/// <summary>A part of an architecture: one or more instances of the same thing.</summary>
/// <param name="Name">Its name in the graph.</param>
internal abstract record Part(string Name)
{
    /// <summary>What kind it is, in the word of <see cref="PartKinds"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>How many instances there are at the start; at least 1.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Whom it calls, in this order.</summary>
    public IReadOnlyList<Edge> Calls { get; init; } = [];

    /// <summary>What an instance costs an hour, in money of any kind.</summary>
    public double Price { get; init; }

    /// <summary>How many instances there may be: more than at the start where something scales it.</summary>
    internal virtual int MostInstances => Instances;

    /// <summary>How many of them are there at the start.</summary>
    internal virtual int AtStart => Instances;

    /// <summary>What it costs an hour.</summary>
    /// <param name="there">How many instances were there, on average.</param>
    /// <param name="working">How many workers were at work, on average.</param>
    internal virtual double CostOf(double there, double working) => Price * there;

    /// <summary>How many things it asks for, where it asks.</summary>
    internal virtual int AsksFor => 1;

    /// <summary>How many requests a second it makes at most, where it asks.</summary>
    /// <param name="duration">How long requests are due.</param>
    internal virtual double MostPerSecond(TimeSpan duration) => 0;

    /// <summary>True when it takes nothing from others: it asks.</summary>
    internal virtual bool IsSource => false;

    /// <summary>True when nobody writes it: it stands beside a part that needs it.</summary>
    internal virtual bool IsAdded => false;

    /// <summary>How many requests each instance works at, at once; null where nothing limits it.</summary>
    internal virtual int? Servers => null;

    /// <summary>How many calls of an edge each instance has open at once, at most; null is without
    /// limit.</summary>
    internal virtual int? MostOpen(Edge edge) => edge.Pool;

    /// <summary>How many there are of it, in words: <c>4 × 8 workers</c>.</summary>
    internal virtual string Extent => Servers is { } workers
        ? $"{(Instances == 1 ? "" : $"{Instances} × ")}{workers} "
            + (Instances * workers == 1 ? "worker" : "workers")
        : Instances == 1 ? "1 instance" : $"{Instances} instances";

    /// <summary>What can be said of it.</summary>
    internal abstract IReadOnlyList<Setting<Part>> Settings { get; }

    /// <summary>Makes an instance, at birth and after each crash.</summary>
    internal abstract INode Create(InstanceContext context);

    /// <summary>Looks whether what is said of it fits together.</summary>
    /// <exception cref="UserMistakeException">It does not; one line says what.</exception>
    internal virtual void Check()
    {
    }

    /// <summary>The settings of a kind, for a part of any kind.</summary>
    private protected static IReadOnlyList<Setting<Part>> For<TPart>(
        params IEnumerable<Setting<TPart>> settings)
        where TPart : Part =>
        [.. settings.Select(one => one.Of<Part>(part => (TPart)part, (_, changed) => changed))];

    /// <summary>The settings that every part has.</summary>
    private protected static IReadOnlyList<Setting<TPart>> Common<TPart>()
        where TPart : Part =>
    [
        SettingsOf<TPart>.Count("instances", "how many there are",
            p => p.Instances, (p, v) => p with { Instances = v }),
        SettingsOf<TPart>.Number("price", "what an instance costs an hour",
            p => p.Price, (p, v) => p with { Price = v }),
    ];
}
