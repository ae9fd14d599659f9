using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Steelyard.Analysis.Naming;
using Steelyard.Analysis.Transactions;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>A run for machines: <c>result.json</c>, and what <c>run --json</c> prints.</summary>
public static class ResultJson
{
    /// <summary>For people too.</summary>
    internal static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        // The file is never pasted into a web page, so quotes and dashes may stand as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The product's version, with the commit it was built from where that is known.</summary>
    public static string Version { get; } = typeof(ResultJson).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Writes a result as one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="result">The result.</param>
    /// <param name="folder">The run's folder; null leaves it out.</param>
    public static void Write(Utf8JsonWriter json, RunResult result, string? folder)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        WriteWhat(json, result);
        if (folder is not null)
            json.WriteString("folder", folder);
        json.WriteString("repeat", RunCommand.Of(result.Spec));
        json.WriteBoolean("partial", result.World.IsPartial);
        json.WriteBoolean("countedOnly", result.Counted is not null);
        json.WriteString("historyHash", Hash(result.World.History.Hash));
        json.WriteString("scheduleHash", Hash(result.World.ScheduleHash));
        json.WriteString("validity", Verdict.Overall(result.Verdicts).ToString());
        json.WriteStartArray("verdicts");
        foreach (var verdict in result.Verdicts)
            WriteVerdict(json, result.World.History, verdict);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteStartArray("measurements");
        foreach (var measurement in result.Measures.Measurements)
            MeasuresJson.Write(json, measurement);
        json.WriteEndArray();
        MeasuresJson.WriteCuts(json, result.Measures.Availability);
        if (result.World.Account is ArchitectureAccount { EndNs: > 0 } account)
            BottleneckJson.Write(json, account.Bottleneck);
        WriteCounters(json, result);
        StatesJson.Write(json, result.World.States);
        json.WriteEndObject();
    }

    /// <summary>A hash as it is written: 16 hexadecimal digits.</summary>
    public static string Hash(ulong hash) => $"0x{hash:x16}";

    /// <summary>Writes a verdict as one object. Operations are named by their
    /// <see cref="Operation.RecordedIndex"/>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="history">What was judged.</param>
    /// <param name="verdict">What was found.</param>
    public static void WriteVerdict(Utf8JsonWriter json, History history, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("checker", verdict.Checker);
        json.WriteString("validity", verdict.Validity.ToString());
        json.WriteString("summary", verdict.Summary);
        if (verdict.Exhausted is not null)
            json.WriteString("exhausted", verdict.Exhausted);
        WriteModels(json, verdict);
        json.WriteStartArray("anomalies");
        foreach (var anomaly in verdict.Anomalies)
            WriteAnomaly(json, history, anomaly);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes an anomaly as one object. Operations are named by their
    /// <see cref="Operation.RecordedIndex"/>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="history">What was judged.</param>
    /// <param name="anomaly">What was found.</param>
    public static void WriteAnomaly(Utf8JsonWriter json, History history, Anomaly anomaly)
    {
        json.WriteStartObject();
        json.WriteString("type", anomaly.Type);
        json.WriteString("explanation", anomaly.Explanation);
        if (AnomalyWords.Of(anomaly.Type) is { } words)
        {
            json.WriteString("plainName", words.PlainName);
            json.WriteString("meaning", words.Sentence);
            json.WriteString("place", words.Place);
        }

        json.WriteStartArray("witness");
        foreach (var operation in anomaly.Witness)
            json.WriteNumberValue(history[operation].RecordedIndex);
        json.WriteEndArray();
        if (anomaly.Cycle.Count > 0)
            WriteCycle(json, history, anomaly.Cycle);
        if (anomaly.PartialOrders.Count > 0)
            PartialOrdersJson.Write(json, history, anomaly.PartialOrders);
        json.WriteEndObject();
    }

    static void WriteCycle(Utf8JsonWriter json, History history, IReadOnlyList<CycleStep> cycle)
    {
        json.WriteStartArray("cycle");
        foreach (var step in cycle)
        {
            json.WriteStartObject();
            json.WriteNumber("from", history[step.From].RecordedIndex);
            json.WriteNumber("to", history[step.To].RecordedIndex);
            json.WriteString("kind", step.Kind);
            if (!step.Key.IsNil)
            {
                json.WriteString("key", step.Key.ToString());
                json.WriteString("change", step.Change);
            }

            json.WriteString("explanation", step.Explanation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Only judges of consistency models have any.
    static void WriteModels(Utf8JsonWriter json, Verdict verdict)
    {
        if (verdict.NotModels.Count + verdict.HeldModels.Count + verdict.UndecidedModels.Count == 0)
            return;
        WriteTexts(json, "notModels", verdict.NotModels);
        WriteTexts(json, "weakestNotModels", ConsistencyLattice.Weakest(verdict.NotModels));
        WriteTexts(json, "heldModels", verdict.HeldModels);
        WriteTexts(json, "undecidedModels", verdict.UndecidedModels);
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static void WriteWhat(Utf8JsonWriter json, RunResult result)
    {
        json.WriteString("design", result.Design.Name);
        json.WriteString("summary", result.Scenario.Summary);
        json.WriteStartObject("options");
        foreach (var (name, value) in result.Options.Values)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteNumber("nodes", result.Scenario.Cluster.Nodes.Count);
        // Those who ask an architecture are parts of it, and stand among its options.
        if (result.World.Account is not ArchitectureAccount)
            json.WriteNumber("clients", result.Scenario.Load.Clients);
        json.WriteNumber("ratePerSecond", result.Scenario.Load.RatePerSecond);
        json.WriteNumber("durationSeconds", result.Scenario.Load.Duration.TotalSeconds);
        json.WriteNumber("answerLimitSeconds", result.Measures.Availability.Limit.TotalSeconds);
        json.WriteString("faults", result.FaultsName);
        json.WriteString("seed", result.Seed.ToString());
    }

    static void WriteCounters(Utf8JsonWriter json, RunResult result)
    {
        var world = result.World;
        json.WriteStartObject("counters");
        json.WriteNumber("operations", result.Operations);
        json.WriteNumber("requestsDue", world.Counters.Load.Due);
        json.WriteNumber("requestsSent", world.Counters.Load.Sent);
        json.WriteNumber("requestsAnswered", world.Counters.Load.Answered);
        json.WriteNumber("sessions", world.Counters.Load.Sessions);
        json.WriteNumber("heldBack", world.Counters.Load.HeldBack);
        json.WriteNumber("schedulerEvents", world.Counters.Events);
        json.WriteNumber("messagesSent", world.Counters.MessagesSent);
        json.WriteNumber("messagesDelivered", world.Counters.MessagesDelivered);
        json.WriteNumber("messagesDropped", world.Counters.MessagesDropped);
        json.WriteNumber("bytesSent", world.Counters.BytesSent);
        json.WriteNumber("endSeconds", world.End.TotalSeconds);
        json.WriteEndObject();
    }
}
