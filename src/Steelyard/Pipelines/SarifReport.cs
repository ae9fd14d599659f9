using System.Text.Encodings.Web;
using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Pipelines;

/// <summary>What did not hold as SARIF 2.1.0, which code scanning lists: what is broken is an error, what is
/// undecided a warning.</summary>
/// <remarks>OASIS, Static Analysis Results Interchange Format 2.1.0, section 3.</remarks>
internal static class SarifReport
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream stream, IReadOnlyList<PipelineSuite> suites)
    {
        using var json = new Utf8JsonWriter(stream, new()
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        var found = suites.SelectMany(
            suite => suite.Cases.Where(one => one.Validity != Validity.Valid).Select(one => (suite, one)));
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, suites);
        json.WriteStartArray("results");
        foreach (var (suite, one) in found)
            Write(json, suite, one);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTool(Utf8JsonWriter json, IReadOnlyList<PipelineSuite> suites)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Steelyard");
        json.WriteString("semanticVersion", ResultJson.Version);
        json.WriteStartArray("rules");
        foreach (var rule in suites.SelectMany(suite => suite.Cases).DistinctBy(one => one.Rule))
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Rule);
            WriteText(json, "shortDescription", rule.Sentence ?? rule.Rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PipelineSuite suite, PipelineCase one)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", one.Rule);
        json.WriteString("level", one.Validity == Validity.Invalid ? "error" : "warning");
        var repeat = (one.Repeat ?? suite.Repeat) is { } command ? $" (repeat: {command})" : "";
        WriteText(json, "message", $"{suite.Name}: {one.Told}{repeat}");
        json.WriteStartObject("partialFingerprints");
        json.WriteString("steelyard/v1", $"{suite.Name}/{one.Name}/{one.Rule}");
        json.WriteEndObject();
        json.WriteStartArray("locations");
        if (suite.File is { } file)
            WriteFile(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteFile(Utf8JsonWriter json, string file)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        var escaped = Uri.EscapeDataString(file.Replace('\\', '/'));
        json.WriteString("uri", escaped.Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
