using System.Globalization;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Worlds.Contracts;

/// <summary>What a measurement must be: <c>latency-p99 &lt; 200</c>, in the measurement's unit.</summary>
/// <param name="Id">The measurement's id.</param>
/// <param name="Comparison"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> or <c>=</c>.</param>
/// <param name="Bound">What it is compared with.</param>
public sealed record MeasuredLimit(string Id, string Comparison, double Bound)
{
    static readonly string[] s_comparisons = ["<=", ">=", "<", ">", "="];

    /// <summary>Reads one: a measurement, a comparison, and a number with an optional unit: <c>ms</c>,
    /// <c>s</c>, <c>%</c> or <c>/s</c>.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static MeasuredLimit Parse(string text)
    {
        var comparison = s_comparisons.FirstOrDefault(one => text.Contains(one, StringComparison.Ordinal))
            ?? throw Mistake(text);
        var at = text.IndexOf(comparison, StringComparison.Ordinal);
        var (id, bound) = (text[..at].Trim(), text[(at + comparison.Length)..].Trim());
        return id.Length > 0 && Number(bound) is { } number ? new(id, comparison, number) : throw Mistake(
            text);
    }

    /// <summary>Judges it: Unknown where the run did not measure it.</summary>
    public Verdict Judge(IReadOnlyList<Measurement> measurements)
    {
        var measured = measurements.FirstOrDefault(one => one.Id == Id);
        if (measured is null)
            return Verdict.Undecided(Id, $"{Id} was not measured") with { Sentence = ToString() };
        if (!double.IsFinite(measured.Value))
            return Verdict.Undecided(Id, $"{Id} has no value: nothing was there to measure") with
            {
                Sentence = ToString(),
            };
        var (found, bound) = (Told(measured.Value, measured.Unit), Told(Bound, measured.Unit));
        return (Holds(measured.Value)
            ? Verdict.Holds(Id, Comparison == "=" ? found : $"{found}, {InWords} {bound}")
            : Verdict.Broken(Id, new Anomaly("limit", $"{found}, not {InWords} {bound}", []))) with
        {
            Sentence = $"{measured.Words}: {InWords} {bound}",
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Id} {Comparison} {Bound:G5}");

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

    static double? Number(string text) =>
        text.EndsWith('%') && Plain(text[..^1]) is { } percent ? percent / 100
        : text.EndsWith("/s", StringComparison.Ordinal) ? Plain(text[..^2])
        : Durations.TryParse(text, out var time) ? time.TotalMilliseconds
        : Plain(text);

    static double? Plain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    static UserMistakeException Mistake(string found) => new(
        $"expected a measurement, a comparison (<, <=, >, >=, =) and a bound, such as \"latency-p99 <"
            + $" 200ms\","
        + $" found \"{found}\"");
}
