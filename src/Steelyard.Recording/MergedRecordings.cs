using System.IO.Compression;
using System.Text.Json;
using Steelyard.Formats;
using Steelyard.Formats.Jsonl;
using Steelyard.Histories;
using Steelyard.Recording.Writing;

namespace Steelyard.Recording;

/// <summary>
/// Makes one history of what several processes of one machine recorded at the same time, as a load generator
/// of several processes does. All of them read the same monotonic clock, so the order of events is that of
/// their times; what has the same time overlaps. Recordings of different machines cannot be put together so.
/// </summary>
public static class MergedRecordings
{
    /// <summary>Reads recordings and writes the one of all of them. Where some of them are cut short, the
    /// history ends where the first of these ends, and is cut short too: behind it one could see what is
    /// missing.</summary>
    /// <param name="paths">The recordings.</param>
    /// <param name="into">The file to write, gzipped where it ends in .gz.</param>
    /// <exception cref="UserMistakeException">One of them is no recording, or they are of different
    /// machines.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(IReadOnlyList<string> paths, string into)
    {
        var recordings = paths.Select(path => new TimedRecording(path)).ToList();
        if (recordings.Count == 0)
            throw new UserMistakeException("expected recordings to put together, found none");
        MustBeOfOneClock(recordings);
        var history = Merge(recordings);
        Write(history, recordings, into);
    }

    static void MustBeOfOneClock(List<TimedRecording> recordings)
    {
        var first = recordings[0];
        foreach (var other in recordings)
            if (other.Origin.Machine is null || other.Origin.Machine != first.Origin.Machine)
                throw new UserMistakeException(
                    "expected recordings of one machine since it was started, whose clock is the same; found"
                    + $" {first.Path} of {first.Origin.Machine ?? "an unknown clock"} and {other.Path} of"
                    + $" {other.Origin.Machine ?? "an unknown clock"}");
    }

    static History Merge(List<TimedRecording> recordings)
    {
        var builder = new HistoryBuilder();
        var start = recordings.Min(recording => recording.Origin.ClockNs);
        var end = recordings.Where(recording => recording.IsCut)
            .Min(recording => (long?)recording.LastNs) ?? long.MaxValue;
        var processes = 0;
        foreach (var recording in recordings)
            processes = recording.Begin(builder, start, processes);
        while (Earliest(recordings) is { } next && next.NextNs <= end)
            next.Repeat();
        builder.Miss(recordings.Sum(recording => recording.History.NotRecorded));
        return builder.Build();
    }

    // At the same time invocations come first: what has the same time overlaps.
    static TimedRecording? Earliest(List<TimedRecording> recordings) => recordings
        .Where(recording => !recording.IsDone)
        .MinBy(recording => (recording.NextNs, recording.NextIsCompletion));

    static void Write(History history, List<TimedRecording> recordings, string into)
    {
        using var file = RecordingFile.Open(into);
        using Stream stream = RecordingFile.IsZipped(into)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        var origin = recordings.MinBy(recording => recording.Origin.ClockNs)!.Origin;
        Line(stream, json => JsonlRecording.WriteBegin(json, TimeProvider.System.GetUtcNow(), origin));
        JsonlWriter.Write(stream, history);
        if (!recordings.Exists(recording => recording.IsCut))
            Line(stream, json => JsonlRecording.WriteEnd(json, history.Count));
    }

    static void Line(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream, JsonlEvents.Options))
            write(json);
        stream.WriteByte((byte)'\n');
    }
}
