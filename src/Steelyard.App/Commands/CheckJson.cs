using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Proving;
using Steelyard.Checks;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.App.Commands;

/// <summary>
/// What <c>check --json</c> prints: an object with <c>files</c>, one object a file. Of a single file the
/// outer object has all fields too.
/// </summary>
internal static class CheckJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<CheckedFile> files, bool isPartial)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        if (files.Count == 1)
            WriteFields(json, files[0]);
        else
            WriteTotals(json, files);
        json.WriteBoolean("interrupted", isPartial);
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            WriteFields(json, file);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTotals(Utf8JsonWriter json, IReadOnlyList<CheckedFile> files)
    {
        var checks = files.Select(file => file.Check).OfType<HistoryCheck>().ToList();
        WriteValidity(json, CheckedFile.Overall(files));
        json.WriteNumber("operations", checks.Sum(check => (long)check.Read.History.Count));
        WriteTimes(json, checks);
        json.WriteNumber("peakBytes", files.Count == 0 ? 0 : files[^1].PeakBytes);
    }

    static void WriteFields(Utf8JsonWriter json, CheckedFile file)
    {
        json.WriteString("path", file.Path);
        if (file.Check is not { } check)
        {
            WriteValidity(json, null);
            json.WriteString("error", file.Mistake);
            return;
        }

        json.WriteString("format", check.Read.Format.Name);
        json.WriteString("model", check.Model);
        if (check.Read.Warning is { } warning)
            json.WriteString("warning", warning);
        if (check.Read.Note is { } note)
            json.WriteString("note", note);
        WritePassedOver(json, check.PassedOver);
        WriteValidity(json, Verdict.Overall(check.Verdicts));
        json.WriteStartArray("anomalies");
        foreach (var anomaly in check.Verdicts.SelectMany(verdict => verdict.Anomalies))
            ResultJson.WriteAnomaly(json, check.Read.History, anomaly);
        json.WriteEndArray();
        json.WriteStartArray("notModels");
        foreach (var model in check.Verdicts.SelectMany(verdict => verdict.NotModels).Distinct())
            json.WriteStringValue(model);
        json.WriteEndArray();
        json.WriteNumber("operations", check.Read.History.Count);
        WriteTimes(json, [check]);
        json.WriteNumber("peakBytes", file.PeakBytes);
        json.WriteBoolean("partial", check.Read.IsPartial);
        json.WriteString("historyHash", ResultJson.Hash(check.Read.History.Hash));
        json.WriteStartArray("verdicts");
        foreach (var verdict in check.Verdicts)
            ResultJson.WriteVerdict(json, check.Read.History, verdict);
        json.WriteEndArray();
        WriteMeasures(json, check.Measures);
        WriteProofs(json, check.Read.History, check.Proofs);
    }

    static void WriteMeasures(Utf8JsonWriter json, RunMeasures? measures)
    {
        if (measures is null)
            return;
        json.WriteStartArray("measurements");
        foreach (var measurement in measures.Measurements)
            MeasuresJson.Write(json, measurement);
        json.WriteEndArray();
        MeasuresJson.WriteCuts(json, measures.Availability);
    }

    static void WritePassedOver(Utf8JsonWriter json, IReadOnlyList<PassedOver> all)
    {
        json.WriteStartObject("passedOver");
        foreach (var one in all)
            json.WriteNumber(one.Function, one.Operations);
        json.WriteEndObject();
    }

    static void WriteProofs(
        Utf8JsonWriter json, History history, IReadOnlyList<VerdictProof> proofs)
    {
        if (proofs.Count == 0)
            return;
        json.WriteStartArray("proofs");
        foreach (var proof in proofs)
        {
            json.WriteStartObject();
            json.WriteString("checker", proof.Checker);
            json.WriteBoolean("verified", proof.IsVerified);
            json.WriteString("sentence", proof.Sentence);
            json.WriteStartArray("operations");
            foreach (var operation in proof.Operations)
                json.WriteNumberValue(history[operation].RecordedIndex);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteValidity(Utf8JsonWriter json, Validity? validity)
    {
        if (validity is null)
            json.WriteNull("validity");
        else
            json.WriteString("validity", validity.ToString());
    }

    static void WriteTimes(Utf8JsonWriter json, IReadOnlyList<HistoryCheck> checks)
    {
        json.WriteNumber("parseMs", Milliseconds(checks.Select(check => check.ParseTime)));
        json.WriteNumber("checkMs", Milliseconds(checks.Select(check => check.CheckTime)));
    }

    static double Milliseconds(IEnumerable<TimeSpan> times) =>
        Math.Round(times.Sum(time => time.TotalMilliseconds), 3);
}
