using System.Globalization;
using System.IO.Compression;
using Steelyard.Bench.Checker;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Bench.Files;

/// <summary>How fast histories are written and read, from memory to memory, and how large they are.</summary>
internal static class FileRows
{
    const int Operations = 1_000_000;

    /// <summary>Each format with the same million operations.</summary>
    public static IEnumerable<Row> All()
    {
        var history = GeneratedHistories.OneKey(Operations, 50, Functions.Get, Functions.Put);
        var jsonl = Bytes(stream => JsonlWriter.Write(stream, history));
        var edn = Bytes(stream => WriteEdn(stream, history));
        var zipped = Bytes(stream =>
        {
            using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            zip.Write(jsonl);
        });
        history = null;
        PrintSize(jsonl);
        yield return new("write history.jsonl, 1 M operations", "operations/s", 300e3, Writer(jsonl));
        yield return Reader("read history.jsonl, 1 M operations", jsonl);
        yield return Reader("read history.jsonl.gz, 1 M operations", zipped);
        yield return Reader("read Porcupine kv text, 1 M operations", edn);
    }

    static Func<double> Writer(byte[] jsonl)
    {
        History? history = null;
        var stream = new MemoryStream(jsonl.Length);
        return () =>
        {
            history ??= Read(jsonl);
            stream.Position = 0;
            JsonlWriter.Write(stream, history);
            return history.Count;
        };
    }

    static Row Reader(string name, byte[] bytes) => new(name, "operations/s", 300e3, () => Read(bytes).Count);

    // The design asks for well under 200 MB.
    static void PrintSize(byte[] jsonl)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var history = Read(jsonl);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"a history of 1 M operations in memory",-44} {bytes / 1e6,8:F0} MB"
            + $" {bytes / (double)history.Count,10:F0} B each"));
        GC.KeepAlive(history);
    }

    static History Read(byte[] bytes) =>
        HistoryFile.Read(new MemoryStream(bytes), "bench", ReadOptions.Default).History;

    static byte[] Bytes(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    static void WriteEdn(Stream stream, History history)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        foreach (var entry in HistoryEvents.Of(history))
        {
            var operation = history[entry.Operation];
            var value = entry.IsCompletion ? operation.Output : operation.Input;
            var shown = value.IsNil ? "nil" : $"\"{value}\"";
            var type = entry.IsCompletion ? "ok" : "invoke";
            writer.Write(
                $"{{:process {operation.Process}, :type :{type}, :f :{operation.Function},"
                + $" :key \"k\", :value {shown}}}\n");
        }
    }
}
