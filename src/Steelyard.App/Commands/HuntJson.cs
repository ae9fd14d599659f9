using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;

namespace Steelyard.App.Commands;

/// <summary>What a hunt found, for machines.</summary>
internal static class HuntJson
{
    public static void Write(Utf8JsonWriter json, HuntRequest hunt, HuntResult result)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", hunt.Run.Design.Name);
        json.WriteString("range", hunt.Seeds.ToString());
        json.WriteBoolean("partial", result.IsPartial);
        json.WriteBoolean("judged", hunt.Judge);
        json.WriteString("validity", result.Validity.ToString());
        WriteCounts(json, hunt, result);
        if (result.FirstFailed is { } failed)
            json.WriteString("firstFailed", failed.Seed.ToString());
        if (result.FirstInvalid is { } first)
            json.WriteString("firstInvalid", first.Seed.ToString());
        if (hunt.Judge && result.FirstUndecided is { } undecided)
            json.WriteString("firstUndecided", undecided.Seed.ToString());
        if (ToldFirst(hunt, result) is { } told)
            json.WriteString("repeat", RunCommand.Of(hunt.Run.With(told.Seed).Spec));
        json.WriteStartArray("seeds");
        foreach (var seed in result.Seeds)
            Write(json, seed);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteCounts(Utf8JsonWriter json, HuntRequest hunt, HuntResult result)
    {
        json.WriteNumber("tried", result.Seeds.Count);
        json.WriteNumber("of", hunt.Seeds.Count);
        json.WriteNumber("valid", result.Count(Validity.Valid));
        json.WriteNumber("invalid", result.Count(Validity.Invalid));
        json.WriteNumber("unknown", result.Count(Validity.Unknown));
        json.WriteNumber("failed", result.Seeds.Count(seed => seed.Failure is not null));
    }

    static HuntedSeed? ToldFirst(HuntRequest hunt, HuntResult result) =>
        result.FirstInvalid ?? result.FirstFailed ?? (hunt.Judge ? result.FirstUndecided : null);

    static void Write(Utf8JsonWriter json, HuntedSeed seed)
    {
        json.WriteStartObject();
        json.WriteString("seed", seed.Seed.ToString());
        if (seed.Failure is not null)
        {
            json.WriteString("failure", seed.Summary);
            json.WriteEndObject();
            return;
        }

        json.WriteString("historyHash", ResultJson.Hash(seed.HistoryHash));
        json.WriteString("scheduleHash", ResultJson.Hash(seed.ScheduleHash));
        json.WriteNumber("operations", seed.Operations);
        json.WriteString("validity", seed.Validity.ToString());
        if (seed.Checker is not null)
        {
            json.WriteString("checker", seed.Checker);
            json.WriteString("summary", seed.Summary);
        }

        json.WriteEndObject();
    }
}
