using System.Buffers;
using System.Text.Json;
using Steelyard.Formats.Jsonl;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>
/// Writes histories as <c>history.jsonl</c>: one event a line, in order, UTF-8. Reading it back gives the
/// same history, to the hash.
/// </summary>
public static class JsonlWriter
{
    const int FlushedAtBytes = 1 << 16;

    /// <summary>Writes a history; the stream is flushed and stays open.</summary>
    public static void Write(Stream stream, History history)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushedAtBytes * 2);
        using var json = new Utf8JsonWriter(buffer, JsonlEvents.Options);
        var indices = new JsonlIndices(history);
        foreach (var entry in HistoryEvents.Of(history))
        {
            var index = indices.Next(entry);
            if (entry.Fault is { } fault)
                JsonlEvents.WriteFault(json, index, fault);
            else if (entry.Phase is { } phase)
                JsonlEvents.WriteMark(json, index, phase, history.Phases[phase]!.Value);
            else
                WriteOperation(json, index, history[entry.Operation], entry.IsCompletion);
            json.Flush();
            json.Reset();
            buffer.GetSpan(1)[0] = (byte)'\n';
            buffer.Advance(1);
            if (buffer.WrittenCount < FlushedAtBytes)
                continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        if (history.NotRecorded > 0)
        {
            JsonlRecording.WriteNotRecorded(json, history.NotRecorded);
            json.Flush();
            buffer.Write("\n"u8);
        }

        stream.Write(buffer.WrittenSpan);
        stream.Flush();
    }

    static void WriteOperation(Utf8JsonWriter json, long index, Operation operation, bool isCompletion)
    {
        if (isCompletion)
        {
            JsonlEvents.Begin(
                json, index, operation.CompletedNs, operation.Process, operation.Outcome,
                operation.Function, operation.Key, operation.Output);
            json.WriteText(JsonlEvents.Error, operation.Error);
        }
        else
        {
            JsonlEvents.Begin(
                json, index, operation.InvokedNs, operation.Process, Outcome.Open,
                operation.Function, operation.Key, operation.Input);
            json.WriteText(JsonlEvents.Node, operation.Node);
            if (operation.IntendedNs != operation.InvokedNs)
                json.WriteNumber(JsonlEvents.Intended, operation.IntendedNs);
            if (!operation.IsSent)
                json.WriteBoolean("sent", false);
            if (operation.IsSession)
                json.WriteBoolean("session", true);
            if (operation.IsTargeted)
                json.WriteBoolean("targeted", true);
            if (operation.IsLone)
                json.WriteBoolean(JsonlEvents.Lone, true);
            if (operation.IsFinal)
                json.WriteBoolean("final", true);
        }

        json.WriteEndObject();
    }
}
