using System.Globalization;
using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>
/// What a recorder that writes as it goes says of the recording itself: that it begins, that it ended, and
/// how many operations it had to let pass. One that begins and has no end was stopped in the middle, even
/// where its last line is whole.
/// </summary>
internal static class JsonlRecording
{
    const string Begin = "begin";
    const string End = "end";
    const string Missed = "missed";

    static readonly JsonEncodedText Recording = JsonEncodedText.Encode("recording");
    static readonly JsonEncodedText Operations = JsonEncodedText.Encode("operations");

    /// <summary>A recording begins.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="began">When, by the wall clock.</param>
    /// <param name="origin">What its times count from.</param>
    public static void WriteBegin(Utf8JsonWriter json, DateTimeOffset began, RecordingOrigin origin)
    {
        json.WriteStartObject();
        json.WriteString(Recording, Begin);
        json.WriteString("began", began.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("clock", origin.ClockNs);
        if (origin.Machine is { } machine)
            json.WriteString("machine", machine);
        json.WriteEndObject();
    }

    /// <summary>A recording ends as it should.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="operations">How many operations were recorded.</param>
    public static void WriteEnd(Utf8JsonWriter json, long operations) => Write(json, End, operations);

    /// <summary>Operations took place here that are not recorded.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="operations">How many.</param>
    public static void WriteNotRecorded(Utf8JsonWriter json, long operations) =>
        Write(json, Missed, operations);

    /// <summary>Takes such a line; true when it is the end of a recording, false when it is the begin, null
    /// for all else.</summary>
    /// <exception cref="UserMistakeException">It says nothing we know.</exception>
    public static bool? Read(in EventFields fields, HistoryBuilder builder)
    {
        var word = fields.Recording.Kind == ValueKind.Text ? fields.Recording.AsText : null;
        switch (word)
        {
            case Begin:
                return false;
            case End:
                return true;
            case Missed when fields.Operations is { IsInteger: true, AsInteger: >= 0 } operations:
                builder.Miss(operations.AsInteger);
                return null;
            case Missed:
                throw new UserMistakeException(
                    $"expected how many operations were missed, found {fields.Operations}");
            default:
                throw new UserMistakeException(
                    $"expected the recording to {Begin}, {End} or have {Missed} some, found"
                    + $" {fields.Recording}");
        }
    }

    /// <summary>What the times of a recording count from; null where its begin does not say.</summary>
    public static RecordingOrigin? OriginOf(in EventFields fields) => fields.Clock.IsInteger
        ? new(fields.Clock.AsInteger, fields.Machine.Kind == ValueKind.Text ? fields.Machine.AsText : null)
        : null;

    static void Write(Utf8JsonWriter json, string what, long operations)
    {
        json.WriteStartObject();
        json.WriteString(Recording, what);
        json.WriteNumber(Operations, operations);
        json.WriteEndObject();
    }
}
