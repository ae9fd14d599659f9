using System.Buffers;
using System.Text.Json;

namespace Steelyard.EmbeddedHost.Serving;

/// <summary>
/// What goes over a client's line. It asks <c>{"sql":"…","given":{"k":1}}</c>, and is answered
/// <c>{"changes":2,"rows":[[1,"a"]]}</c> or <c>{"code":5,"words":"database is locked"}</c>.
/// </summary>
internal static class SqliteWire
{
    /// <summary>Does what a line asks for, and says what came of it.</summary>
    public static ReadOnlySpan<byte> Answer(SqliteSeat seat, string line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Answer(seat, line, json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    static void Answer(SqliteSeat seat, string line, Utf8JsonWriter json)
    {
        using var asked = JsonDocument.Parse(line);
        var before = seat.Changes;
        try
        {
            var rows = seat.Do(
                asked.RootElement.GetProperty("sql").GetString()!,
                [.. asked.RootElement.GetProperty("given").EnumerateObject().Select(
                    given => (given.Name, ValueOf(given.Value)))]);
            json.WriteNumber("changes", seat.Changes - before);
            Write(json, rows);
        }
        catch (SqliteRefusalException refusal)
        {
            json.WriteNumber("code", refusal.Code);
            json.WriteString("words", refusal.Message);
        }
    }

    static object ValueOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetInt64() : value.GetString()!;

    static void Write(Utf8JsonWriter json, List<object?[]> rows)
    {
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row)
                if (value is long number)
                    json.WriteNumberValue(number);
                else
                    json.WriteStringValue((string?)value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
