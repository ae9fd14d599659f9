using System.Text.Json;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>What a sweep found, for machines: <c>sweep.json</c>, and what <c>sweep --json</c>
/// prints.</summary>
internal static class SweepJson
{
    /// <summary>Writes it as one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="result">What was found.</param>
    /// <param name="reports">Of points that have one, where the report of a run stands.</param>
    public static void Write(
        Utf8JsonWriter json, SweepResult result, IReadOnlyDictionary<string, string> reports)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", result.Request.What.Design.Name);
        json.WriteBoolean("partial", result.IsPartial);
        json.WriteString("validity", result.Validity.ToString());
        json.WriteNumber("runs", result.Runs);
        WriteObjectives(json, result);
        json.WriteStartArray("points");
        foreach (var point in result.Points)
            WritePoint(json, result, point, reports);
        json.WriteEndArray();
        json.WriteStartArray("refused");
        foreach (var refused in result.Refused)
        {
            json.WriteStartObject();
            json.WriteString("name", refused.Name);
            json.WriteString("why", refused.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTexts(json, "curves", SweepCurves.Of(result)?.Sentences(result.Aims) ?? []);
        json.WriteEndObject();
    }

    static void WriteObjectives(Utf8JsonWriter json, SweepResult result)
    {
        json.WriteStartArray("objectives");
        foreach (var aim in result.Aims)
        {
            json.WriteStartObject();
            json.WriteString("id", aim.Id);
            json.WriteString("words", aim.Words);
            json.WriteString("unit", aim.Unit);
            json.WriteString("better", aim.Better == Direction.MoreIsBetter ? "more" : "less");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WritePoint(
        Utf8JsonWriter json, SweepResult result, SweptPoint point,
        IReadOnlyDictionary<string, string> reports)
    {
        json.WriteStartObject();
        json.WriteNumber("number", point.Point.Number);
        json.WriteStartObject("values");
        foreach (var (variation, value) in result.Request.Variations.Zip(point.Point.Values))
            json.WriteString(variation.Name, value);
        json.WriteEndObject();
        json.WriteString("standing", StandingWords.Id(point.Standing));
        if (point.Rival is not null)
            json.WriteString("rival", point.Rival.Name);
        json.WriteStartObject("figures");
        foreach (var aim in result.Aims)
            WriteFigure(json, aim.Id, point);
        json.WriteEndObject();
        json.WriteString("validity", point.Validity.ToString());
        json.WriteNumber("invalid", point.Runs.Count(run => run.Validity == Validity.Invalid));
        WriteTexts(
            json, "told",
            [.. point.Runs.Select(run => run.Told).OfType<string>().Distinct(StringComparer.Ordinal)]);
        WriteTexts(json, "seeds", [.. point.Runs.Select(run => run.Seed.ToString())]);
        json.WriteBoolean("precise", point.IsPrecise);
        if (point.Runs.Select(run => run.Unstable).OfType<string>().FirstOrDefault() is { } unstable)
            json.WriteString("unstable", unstable);
        json.WriteString("repeat", RunCommand.Of(point.Point.Run.With(result.Request.Seeds[0]).Spec));
        if (reports.GetValueOrDefault(point.Point.Name) is { } report)
            json.WriteString("report", report);
        json.WriteEndObject();
    }

    static void WriteFigure(Utf8JsonWriter json, string id, SweptPoint point)
    {
        if (point.Interval(id) is not { } interval)
        {
            json.WriteNull(id);
            return;
        }

        json.WriteStartObject(id);
        json.WriteNumber("estimate", interval.Estimate);
        WriteEnd(json, "low", interval.Low);
        WriteEnd(json, "high", interval.High);
        json.WriteString("how", interval.How);
        json.WriteStartArray("runs");
        foreach (var figure in point.Figures(id))
            json.WriteNumberValue(figure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteEnd(Utf8JsonWriter json, string name, double end)
    {
        if (double.IsFinite(end))
            json.WriteNumber(name, end);
        else
            json.WriteNull(name);
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
