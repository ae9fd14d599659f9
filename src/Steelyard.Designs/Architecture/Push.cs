using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture;

/// <summary>
/// A push that is over after a while: whether an architecture comes back by itself afterwards is what tells a
/// stable one from a metastable one (Bronson et al. 2021, "Metastable failures in distributed systems").
/// </summary>
internal sealed record Push
{
    internal const string None = "none";
    const string Load = "load";
    const string Crash = "crash";

    static readonly string[] s_words =
        [None, Load, Crash, DegradeFault.Refuse, DegradeFault.Slow, DegradeFault.Flush];

    /// <summary>What it is: <c>none</c>, <c>load</c> (the rate by a factor), <c>crash</c> or <c>refuse</c>
    /// (so
    /// many instances), <c>slow</c> (all instances, by a factor) or <c>flush</c> (caches lose all).</summary>
    public string What { get; init; } = None;

    /// <summary>A factor, or how many instances.</summary>
    public double Size { get; init; } = 3;

    /// <summary>When it begins.</summary>
    public TimeSpan At { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long it lasts.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The part that is hit; empty is the one that is meant where there is only one, else the first
    /// that has workers (of a flush: all caches).</summary>
    public string Part { get; init; } = "";

    /// <summary>Whether there is one.</summary>
    public bool Is => What != None;

    /// <summary>Whether it is one of the load; others are faults.</summary>
    internal bool IsOfLoad => What == Load;

    /// <summary>It in words: <c>3 times the load</c>.</summary>
    internal string Words
    {
        get
        {
            var hit = Part.Length > 0 ? $" of {Part}" : "";
            return What switch
            {
                Load => FormattableString.Invariant($"{Size} times the load"),
                DegradeFault.Slow => FormattableString.Invariant($"instances{hit} {Size} times as slow"),
                DegradeFault.Flush when Part.Length > 0 => $"{Part} loses all it holds",
                DegradeFault.Flush => "caches lose all they hold",
                _ => FormattableString.Invariant($"{Math.Max(1, Size):0} ")
                    + $"{(Size > 1 ? "instances" : "instance")}{hit} "
                    + (What == Crash ? "crashed" : "refusing all"),
            };
        }
    }

    /// <summary>What can be said of it.</summary>
    internal static IReadOnlyList<Setting<Push>> Settings { get; } =
    [
        SettingsOf<Push>.Word("kick", "a push that is over after a while", s_words,
            p => p.What, (p, v) => p with { What = v }),
        SettingsOf<Push>.Number("kick-size", "a factor (load, slow), or how many instances (crash, refuse)",
            p => p.Size, (p, v) => p with { Size = v }),
        SettingsOf<Push>.Time("kick-at", "when it begins", p => p.At, (p, v) => p with { At = v }),
        SettingsOf<Push>.Time("kick-for", "how long it lasts", p => p.For, (p, v) => p with { For = v }),
        new("kick-part", "a part", "who is hit")
        {
            Read = (push, text) => push with { Part = text },
            Show = push => push.Part,
        },
    ];

    /// <summary>The same in a run of another length: as early and as long in proportion, where that is
    /// shorter.</summary>
    /// <param name="usual">The length that it is meant for.</param>
    /// <param name="asked">The length that was asked for; null is the usual one.</param>
    public Push Within(TimeSpan usual, TimeSpan? asked) => asked is { } length && length < usual
        ? this with { At = At * (length / usual), For = For * (length / usual) }
        : this;

    /// <summary>The same architecture under it.</summary>
    /// <exception cref="UserMistakeException">It does not fit.</exception>
    public ArchitectureGraph Onto(ArchitectureGraph graph)
    {
        if (!Is)
            return graph;
        if (At + For >= graph.Duration)
            throw new UserMistakeException(
                $"kick: expected an end before that of the load, {graph.Duration.TotalSeconds:0.###} s, found"
                + $" {(At + For).TotalSeconds:0.###} s");
        if (What is Load or DegradeFault.Slow && Size <= 1)
            throw new UserMistakeException(
                FormattableString.Invariant($"kick-size: expected a factor above 1, found {Size}"));
        return What == Load ? WithLoad(graph) : graph with { Faults =
            new([.. graph.Faults.Faults, Fault(graph)]) };
    }

    ArchitectureGraph WithLoad(ArchitectureGraph graph) => graph.Parts.OfType<ClientsPart>()
        .Where(clients => clients.Rate is not null)
        .Aggregate(graph, (changed, clients) => changed.With(clients with { Pushed = this }));

    Fault Fault(ArchitectureGraph graph)
    {
        var names = Names(graph).ToList();
        if (names.Count == 0)
            throw new UserMistakeException(
                $"kick: expected {(What == DegradeFault.Flush ? "a cache" : "a part with workers")} in"
                    + $" {graph.Name}"
                + $", found {(Part.Length > 0 ? $"\"{Part}\"" : "none")}");
        return What == Crash
            ? new CrashFault { At = At, For = For, Nodes = names }
            : new DegradeFault { At = At, For = For, Nodes = names, How = What, By = Math.Max(1, Size) };
    }

    IEnumerable<string> Names(ArchitectureGraph graph)
    {
        var hit = graph.Parts.Where(part => Part.Length > 0 ? part.Name == Part
            : What == DegradeFault.Flush ? part is CachePart : part.Servers is not null).ToList();
        if (What != DegradeFault.Flush)
            hit = [.. hit.Take(1)];
        var most = What is Crash or DegradeFault.Refuse ? (int)Math.Max(1, Size) : int.MaxValue;
        var directory = new Running.InstanceDirectory(graph);
        return hit.SelectMany(part => directory.Of(part.Name).Take(most))
            .Select(node => directory.NameOf(node.Index));
    }
}
