using Steelyard.Files;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>
/// All that determines a run, as data: what, with which options, under which faults, from which seed.
/// Commands, scenario files, worker processes, run folders and the line that repeats a run all speak it;
/// written and read by <see cref="Files.ScenarioFile"/>.
/// </summary>
public sealed record RunSpec
{
    /// <summary>The seed of a run whose user named none: always the same, so two people see the same
    /// page.</summary>
    public static Seed DefaultSeed { get; } = new(1);

    /// <summary>The file that holds the design: a user's assembly, or an architecture as YAML; null is a
    /// design of Steelyard's own.</summary>
    public string? Assembly { get; init; }

    /// <summary>The design's name.</summary>
    public required string Design { get; init; }

    /// <summary>The design's own options that were given, in the design's order; the others have their
    /// default.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } =
        new OrderedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What was given of the options that every design takes.</summary>
    public CommonOptions Common { get; init; } = new();

    /// <summary>What breaks; not given is the design's story.</summary>
    public FaultChoice Faults { get; init; } = FaultChoice.Story;

    /// <summary>The number it all grows from.</summary>
    public Seed Seed { get; init; } = DefaultSeed;

    /// <summary>Stops after so many events of the scheduler; null is never.</summary>
    public long? StopAtEvent { get; init; }

    /// <summary>Stops at this time of the run; null is never.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>Whether it runs a real engine.</summary>
    internal bool IsLive => Design.StartsWith("live ", StringComparison.Ordinal);

    /// <summary>Whether its design is a scenario of services of the user's, which commands name in words of
    /// their own.</summary>
    internal bool IsOfServices { get; init; }

    /// <summary>Whether a design is such a scenario.</summary>
    internal static bool AreServices(IDesign design) => design is ScenarioDesign { IsOfServices: true };

    /// <summary>How far it goes.</summary>
    internal RunPoint EndPoint
    {
        get
        {
            var end = Until is { } time ? RunPoint.At(time) : RunPoint.End;
            return end with { Events = StopAtEvent ?? end.Events };
        }
    }

    /// <summary>The same as far as a point.</summary>
    internal RunSpec To(RunPoint point) => this with
    {
        StopAtEvent = point.Events == RunPoint.End.Events ? null : point.Events,
        Until = point.TimeNs == RunPoint.End.TimeNs ? null : TimeSpan.FromTicks(point.TimeNs / 100),
    };
}
