using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Steelyard.Formats;
using Steelyard.Formats.Jsonl;
using Steelyard.Histories;

namespace Steelyard.Recording.Writing;

/// <summary>
/// The file of a recording: <c>history.jsonl</c>, gzipped where its name ends in .gz. Whatever was flushed
/// can be read however the process ends: a flush of the compressor ends a block (RFC 1951 section 3.2.4), and
/// the operating system has its bytes.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    const int WrittenAtBytes = 1 << 16;

    readonly Stream _stream;
    readonly ArrayBufferWriter<byte> _buffer = new(WrittenAtBytes + (WrittenAtBytes / 2));
    readonly Utf8JsonWriter _json;
    long _index;

    public RecordingFile(Stream stream, bool isZipped)
    {
        _stream = isZipped ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        _json = new(_buffer, JsonlEvents.Options);
    }

    /// <summary>Creates it, with its folder.</summary>
    public static RecordingFile Create(string path) => new(Open(path), IsZipped(path));

    /// <summary>Whether a file of that name is gzipped.</summary>
    public static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the file, with its folder.</summary>
    public static FileStream Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        // Unbuffered: blocks are gathered here.
        return new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public void Begin(DateTimeOffset began, RecordingOrigin origin)
    {
        JsonlRecording.WriteBegin(_json, began, origin);
        EndLine();
        Flush();
    }

    public void End(long operations)
    {
        JsonlRecording.WriteEnd(_json, operations);
        EndLine();
    }

    public void Miss(long operations)
    {
        JsonlRecording.WriteNotRecorded(_json, operations);
        EndLine();
    }

    public void Write(ReadOnlySpan<RecordedEvent> events)
    {
        foreach (ref readonly var one in events)
        {
            if (one.Process < 0)
                WriteBesides(one);
            else
                WriteOperation(one);
            _index++;
            EndLine();
        }
    }

    /// <summary>Hands all to the operating system.</summary>
    public void Flush()
    {
        WriteOut();
        _stream.Flush();
    }

    public void Dispose()
    {
        try
        {
            WriteOut();
        }
        finally
        {
            _json.Dispose();
            _stream.Dispose();
        }
    }

    void WriteOperation(in RecordedEvent one)
    {
        JsonlEvents.Begin(
            _json, _index, one.TimeNs, one.Process, one.Outcome, one.Function, one.Key, one.Payload);
        _json.WriteText(
            one.Outcome == Outcome.Open ? JsonlEvents.Node : JsonlEvents.Error, (string?)one.Besides);
        if (one.IsLone)
            _json.WriteBoolean(JsonlEvents.Lone, true);
        _json.WriteEndObject();
    }

    void WriteBesides(in RecordedEvent one)
    {
        if (one.Besides is FaultEvent fault)
            JsonlEvents.WriteFault(_json, _index, fault with { TimeNs = one.TimeNs });
        else
            JsonlEvents.WriteMark(_json, _index, (HistoryPhase)one.Besides!, new(0, one.TimeNs));
    }

    void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
        if (_buffer.WrittenCount >= WrittenAtBytes)
            WriteOut();
    }

    void WriteOut()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
