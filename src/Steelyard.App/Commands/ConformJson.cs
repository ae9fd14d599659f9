using System.Text.Json;
using Steelyard.Services.Designs.Idempotency;

namespace Steelyard.App.Commands;

/// <summary>The result of a conformance suite as JSON.</summary>
internal static class ConformJson
{
    public static void Write(Utf8JsonWriter json, ConformanceResult result)
    {
        json.WriteStartObject();
        json.WriteString("suite", "idempotency");
        json.WriteString("target", result.Target);
        json.WriteBoolean("holds", result.Holds(strict: false));
        json.WriteBoolean("holdsStrictly", result.Holds(strict: true));
        json.WriteStartArray("cases");
        foreach (var one in result.Results)
            Write(json, one);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CaseResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("id", result.Case.Id);
        json.WriteString("case", result.Case.Name);
        json.WriteString("stimulus", result.Case.Stimulus);
        json.WriteString("expected", result.Case.Expected);
        json.WriteString("force", result.Case.Force);
        json.WriteString("source", result.Case.Source);
        json.WriteString("outcome", result.Outcome.ToString().ToLowerInvariant());
        json.WriteString("explanation", result.Explanation);
        if (result.Effects is { } effects)
            json.WriteNumber("effects", effects);
        json.WriteStartArray("exchanges");
        foreach (var exchange in result.Exchanges)
        {
            json.WriteStartObject();
            json.WriteString("sent", exchange.Sent);
            json.WriteString("came", exchange.Came);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
