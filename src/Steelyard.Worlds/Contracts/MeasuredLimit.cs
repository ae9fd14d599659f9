using System.Globalization;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Worlds.Contracts;

/// <summary>What a measurement must be: <c>latency-p99 &lt; 200ms</c>.</summary>
/// <param name="Id">The measurement's id.</param>
/// <param name="Comparison"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> or <c>=</c>.</param>
/// <param name="Bound">What it is compared with, in the measurement's unit: a time in ms, a share from 0 to
/// 1.</param>
public sealed record MeasuredLimit(string Id, string Comparison, double Bound)
{
    static readonly string[] s_comparisons = ["<=", ">=", "<", ">", "="];

    /// <summary>The unit that the bound was written in, which is then the measurement's: <c>ms</c>,
    /// <c>share</c> or <c>1/s</c>; null where it was a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>Reads one: a measurement's id or its short word (<see cref="MeasurementNames"/>), a
    /// comparison, and a number with an optional unit: <c>ms</c>, <c>s</c>, <c>%</c> or <c>/s</c>.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static MeasuredLimit Parse(string text)
    {
        var comparison = s_comparisons.FirstOrDefault(one => text.Contains(one, StringComparison.Ordinal))
            ?? throw Mistake(text);
        var at = text.IndexOf(comparison, StringComparison.Ordinal);
        var (id, bound) = (text[..at].Trim(), text[(at + comparison.Length)..].Trim());
        var unit = UnitOf(bound);
        return id.Length > 0 && Number(bound, unit) is { } number
            ? new(MeasurementNames.IdOf(id), comparison, number) { Unit = unit }
            : throw Mistake(text);
    }

    /// <summary>Judges it: Unknown where the run did not measure it.</summary>
    public Verdict Judge(IReadOnlyList<Measurement> measurements)
    {
        var measured = measurements.FirstOrDefault(one => one.Id == Id);
        if (measured is null)
            return Undecided($"was not measured{Suggestion.For(Id, measurements.Select(one => one.Id))}");
        if (Unit is { } unit && unit != measured.Unit)
            return Undecided($"is measured in {InUnits(measured.Unit)}, and the bound is in {InUnits(unit)}");
        if (!double.IsFinite(measured.Value) && measured.Samples == 0)
            return Undecided("has no value: nothing was there to measure");
        var bound = Told(Bound, measured.Unit);
        // What was looked for in vain, such as service as before after the last fault, came never.
        var found = double.IsFinite(measured.Value) ? Told(measured.Value, measured.Unit) : "never";
        return (Holds(measured.Value)
            ? Verdict.Holds(Id, Comparison == "=" ? found : $"{found}, {InWords} {bound}")
            : Verdict.Broken(Id, new Anomaly("limit", $"{found}, not {InWords} {bound}", []))) with
        {
            Sentence = $"{measured.Words}: {InWords} {bound}",
        };
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => Unit switch
    {
        "ms" => $"{Id} {Comparison} {Durations.Format(TimeSpan.FromMilliseconds(Bound))}",
        "share" => string.Create(
            CultureInfo.InvariantCulture, $"{Id} {Comparison} {(decimal)Bound * 100:0.##########}%"),
        "1/s" => string.Create(CultureInfo.InvariantCulture, $"{Id} {Comparison} {Bound:R}/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Id} {Comparison} {Bound:R}"),
    };

    Verdict Undecided(string why) =>
        Verdict.Undecided(Id, $"{Id} {why}") with { Sentence = ToString() };

    static string InUnits(string unit) => unit switch
    {
        "share" => "shares",
        "1/s" => "numbers a second",
        _ => unit,
    };

    string InWords => Comparison switch
    {
        "<" => "below",
        "<=" => "at most",
        ">" => "above",
        ">=" => "at least",
        _ => "exactly",
    };

    // Five digits that count, and never so few that a share short of all looks like all.
    static string Told(double value, string unit) => unit switch
    {
        "share" => $"{Percent(value)} %",
        "1/s" => $"{Digits(value)}/s",
        _ => $"{Digits(value)} {unit}",
    };

    static string Percent(double share)
    {
        var text = (share * 100).ToString("0.###", CultureInfo.InvariantCulture);
        return text == "100" && share < 1 ? (share * 100).ToString("0.#######", CultureInfo.InvariantCulture)
            : text;
    }

    static string Digits(double value) =>
        decimal.TryParse(value.ToString("G5", CultureInfo.InvariantCulture), NumberStyles.Float,
            CultureInfo.InvariantCulture, out var rounded)
            ? rounded.ToString("#,0.##########", CultureInfo.InvariantCulture)
            : value.ToString("G5", CultureInfo.InvariantCulture);

    bool Holds(double value) => Comparison switch
    {
        "<" => value < Bound,
        "<=" => value <= Bound,
        ">" => value > Bound,
        ">=" => value >= Bound,
        _ => value == Bound,
    };

    static string? UnitOf(string text) =>
        text.EndsWith('%') ? "share"
        : text.EndsWith("/s", StringComparison.Ordinal) ? "1/s"
        : Durations.TryParse(text, out _) && Plain(text) is null ? "ms"
        : null;

    static double? Number(string text, string? unit) => unit switch
    {
        "share" => Plain(text[..^1]) / 100,
        "1/s" => Plain(text[..^2]),
        "ms" when Durations.TryParse(text, out var time) => time.TotalMilliseconds,
        _ => Plain(text),
    };

    static double? Plain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    static UserMistakeException Mistake(string found) => new(
        $"expected a measurement, a comparison (<, <=, >, >=, =) and a bound, such as \"latency-p99 <"
            + $" 200ms\","
        + $" found \"{found}\"");
}
