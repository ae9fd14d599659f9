using System.Text.Json;
using Steelyard.Runs;

namespace Steelyard.Comparisons;

/// <summary>How many seeds come back after a push, for machines: what <c>run --kick --seeds --json</c>
/// prints.</summary>
internal static class PushJson
{
    /// <summary>Writes it as one object.</summary>
    public static void Write(Utf8JsonWriter json, PushedSeeds pushed)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", pushed.AsItIs.Request.What.Design.Name);
        json.WriteString("seeds", pushed.AsItIs.Request.Seeds.Seeds.ToString());
        json.WriteBoolean("partial", pushed.AsItIs.IsPartial);
        json.WriteStartArray("shares");
        foreach (var share in pushed.Shares)
            Write(json, share);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PushShare share)
    {
        json.WriteStartObject();
        json.WriteString("defence", share.Name);
        json.WriteNumber("recovers", share.Recovers);
        json.WriteNumber("degraded", share.Degraded);
        json.WriteNumber("metastable", share.Metastable);
        if (share.Share is { } interval)
        {
            json.WriteNumber("share", interval.Estimate);
            json.WriteNumber("low", interval.Low);
            json.WriteNumber("high", interval.High);
        }

        json.WriteString("sentence", share.Sentence);
        json.WriteEndObject();
    }
}
