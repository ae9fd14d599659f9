using System.Text.Json;
using Steelyard.Runs;

namespace Steelyard.Comparisons.Variants;

/// <summary>A comparison of variants, for machines.</summary>
internal static class VariantJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, VariantComparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", comparison.Result.Request.What.Design.Name);
        json.WriteString("seeds", comparison.Result.Request.Seeds.Seeds.ToString());
        json.WriteBoolean("partial", comparison.Result.IsPartial);
        json.WriteString("validity", comparison.Validity.ToString());
        json.WriteString("repeat", comparison.Repeat);
        json.WriteStartArray("variants");
        foreach (var variant in comparison.Variants)
            Write(json, comparison, variant);
        json.WriteEndArray();
        json.WriteStartArray("refused");
        foreach (var refused in comparison.Result.Refused)
        {
            json.WriteStartObject();
            json.WriteString("name", refused.Name);
            json.WriteString("why", refused.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, VariantComparison comparison, ComparedVariant variant)
    {
        json.WriteStartObject();
        json.WriteString("name", variant.Name);
        json.WriteNumber("runs", variant.Point.Runs.Count);
        if (variant.Known is { } known)
        {
            json.WriteString("known", known.Sentence);
            json.WriteString("source", known.Source);
            json.WriteString("chooseIf", known.ChooseIf);
        }

        json.WriteStartArray("promises");
        foreach (var promise in variant.Promises)
            Write(json, promise);
        json.WriteEndArray();
        json.WriteStartArray("figures");
        foreach (var figure in comparison.Figures)
            if (variant.Point.Interval(figure.Id) is { } interval)
                Write(json, figure.Id, interval);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PromiseTally promise)
    {
        json.WriteStartObject();
        json.WriteString("promise", promise.Promise);
        json.WriteNumber("held", promise.Held);
        json.WriteNumber("broken", promise.Broken);
        json.WriteNumber("open", promise.Open);
        if (promise.First is { } first)
            json.WriteString("first", first.ToString());
        json.WriteEndObject();
    }

    static void Write(
        Utf8JsonWriter json, string id, Analysis.Measurements.Confidence.ConfidenceInterval interval)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("value", interval.Estimate);
        if (interval.IsKnown)
        {
            json.WriteNumber("low", interval.Low);
            json.WriteNumber("high", interval.High);
        }

        json.WriteEndObject();
    }
}
