using System.Text.Json;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Runs;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons;

/// <summary>A compared pair for machines: what <c>run --against --json</c> prints.</summary>
internal static class PairJson
{
    /// <summary>Writes it as one object.</summary>
    public static void Write(Utf8JsonWriter json, ComparedPair pair)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", pair.Result.Request.What.Design.Name);
        json.WriteString("seeds", pair.Result.Request.Seeds.Seeds.ToString());
        json.WriteBoolean("partial", pair.Result.IsPartial);
        json.WriteString("validity", pair.Result.Validity.ToString());
        Write(json, "first", pair, pair.First);
        Write(json, "second", pair, pair.Second);
        json.WriteStartArray("comparisons");
        foreach (var (aim, compared) in pair.All)
            Write(json, pair, aim, compared);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, ComparedPair pair, SweptPoint point)
    {
        json.WriteStartObject(name);
        json.WriteString("name", point.Point.Name);
        json.WriteString("promises", SweepWords.Verdict(point));
        json.WriteString("repeat", RunCommand.Of(
            point.Point.Run.With(pair.Result.Request.Seeds[0]).Spec));
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ComparedPair pair, Aim aim, PairedComparison compared)
    {
        json.WriteStartObject();
        json.WriteString("id", aim.Id);
        json.WriteString("words", aim.Words);
        json.WriteString("unit", aim.Unit);
        json.WriteNumber("first", pair.First.Figures(aim.Id).Average());
        json.WriteNumber("second", pair.Second.Figures(aim.Id).Average());
        json.WriteNumber("difference", compared.Difference.Estimate);
        if (compared.Difference.IsKnown)
        {
            json.WriteNumber("low", compared.Difference.Low);
            json.WriteNumber("high", compared.Difference.High);
        }

        json.WriteNumber("pairs", compared.Difference.Samples);
        json.WriteString("shown", Shown(compared));
        json.WriteString("sentence", ComparedPair.Sentence(compared));
        json.WriteEndObject();
    }

    static string Shown(PairedComparison compared) => compared.Standing switch
    {
        Standing.Better or Standing.Worse => compared.Difference.Estimate > 0 ? "higher" : "lower",
        _ => "no-difference",
    };
}
