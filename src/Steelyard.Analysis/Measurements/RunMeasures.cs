using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// All numbers of a run, counted once: what the terminal's table, the page with its charts, and
/// <c>result.json</c> show are these. What a history cannot tell (latency of a recording without times, sides
/// without a cut, traffic nobody counted) is left out rather than said to be zero.
/// </summary>
public sealed record RunMeasures
{
    /// <summary>How many of the requests that were due were answered.</summary>
    public required Availability Availability { get; init; }

    /// <summary>The run over time; null for a history without times or requests.</summary>
    public required Timeline? Timeline { get; init; }

    /// <summary>Latencies of the answered: all first, then each function; none without times.</summary>
    public required IReadOnlyList<LatencyCurve> Curves { get; init; }

    /// <summary>The faults, in order of their starts.</summary>
    public required IReadOnlyList<FaultWindow> Faults { get; init; }

    /// <summary>How long it took to serve as before; null where it cannot be told.</summary>
    public required Recovery? Recovery { get; init; }

    /// <summary>All of it in numbers, for tables; ids are unique.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>Measures a history.</summary>
    public static RunMeasures Of(History history, MeasureOptions options)
    {
        var availability = Availability.Of(history, options.Limit);
        var measures = new RunMeasures
        {
            Availability = availability,
            Timeline = TimelineBuilder.Build(history, availability),
            Curves = LatencyCurve.Of(history),
            Faults = FaultWindow.Of(history),
            Recovery = Recovery.Of(history, options.Limit),
            Measurements = [],
        };
        return measures with
        {
            Measurements =
            [
                .. new MeasurementList(
                    history, MeasuredTotals.Of(history), measures, options.Traffic).All,
                .. options.Own.SelectMany(measure => measure.Of(history)),
            ],
        };
    }

    /// <summary>Measures a run whose operations were counted and not kept. Sides of a cut, recovery,
    /// staleness and what a design measures of its own cannot be told.</summary>
    /// <param name="kept">What was counted; the limit is its own.</param>
    /// <param name="marks">The history it gave: faults and phases.</param>
    /// <param name="traffic">What went over the wire; null when nobody counted.</param>
    /// <param name="own">What the run counted besides; it counts where both have an id.</param>
    public static RunMeasures Of(
        AggregateRecorder kept, History marks, Traffic? traffic, IReadOnlyList<Measurement>? own = null)
    {
        var measures = new RunMeasures
        {
            Availability = Availability.Of(kept),
            Timeline = TimelineBuilder.Build(kept),
            Curves = kept.Answered > 0 ? [new("all", kept.Latencies)] : [],
            Faults = FaultWindow.Of(marks),
            Recovery = null,
            Measurements = [],
        };
        return measures with
        {
            Measurements =
            [
                .. new MeasurementList(marks, MeasuredTotals.Of(kept, marks), measures, traffic).All
                    .Where(one => own is null || own.All(other => other.Id != one.Id)),
                .. own ?? [],
            ],
        };
    }

    /// <summary>The measurement of an id, or null where the history could not tell.</summary>
    public Measurement? Find(string id) => Measurements.FirstOrDefault(one => one.Id == id);
}
