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
        json.WriteString("validity", Worst(result).ToString());
        json.WriteNumber("tried", result.Seeds.Count);
        json.WriteNumber("invalid", result.Seeds.Count(seed => seed.Validity == Validity.Invalid));
        json.WriteNumber("unknown", result.Seeds.Count(
            seed => seed.Validity == Validity.Unknown && seed.Failure is null));
        json.WriteNumber("failed", result.Seeds.Count(seed => seed.Failure is not null));
        if (result.FirstFailed is { } failed)
            json.WriteString("firstFailed", failed.Seed.ToString());
        if (result.FirstInvalid is { } first)
            json.WriteString("firstInvalid", first.Seed.ToString());
        if ((result.FirstInvalid ?? result.FirstFailed) is { } told)
            json.WriteString("repeat", RunCommand.Of(hunt.Run.With(told.Seed).Spec));
        json.WriteStartArray("seeds");
        foreach (var seed in result.Seeds)
            Write(json, seed);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The verdict of all seeds together: nothing judged, or a part of them only, is
    /// Unknown.</summary>
    public static Validity Worst(HuntResult result) =>
        result.FirstInvalid is not null ? Validity.Invalid
        : result.IsPartial || result.Seeds.Count == 0
            || result.Seeds.Any(seed => seed.Validity == Validity.Unknown) ? Validity.Unknown
        : Validity.Valid;

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
