using System.Diagnostics;
using System.Text.Json;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>What a trial tells, a line of JSON each: how far it is, and what each of its parts came to.
/// </summary>
internal sealed class TrialLines(TextWriter output, long expected)
{
    static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(200);

    readonly Stopwatch _sinceTold = Stopwatch.StartNew();
    long _before;

    /// <summary>Tells how far it is, now and then.</summary>
    /// <param name="records">How many records its present part has done.</param>
    public void Progress(long records)
    {
        if (_sinceTold.Elapsed < s_period)
            return;
        _sinceTold.Restart();
        Tell(json => json.WriteNumber("share", Math.Min(1, (double)(_before + records) / expected)));
    }

    /// <summary>Tells what a part came to.</summary>
    public void Phase(
        string name, long records, long bytes, TimeSpan took, KernelCounts kernel, long? device,
        IReadOnlyDictionary<string, long> own, long fileBytes)
    {
        _before += records;
        Tell(json =>
        {
            json.WriteString("phase", name);
            json.WriteNumber("records", records);
            json.WriteNumber("bytes", bytes);
            json.WriteNumber("seconds", took.TotalSeconds);
            json.WriteNumber("written", kernel.Written);
            json.WriteNumber("told", kernel.Told);
            json.WriteNumber("fetched", kernel.Fetched);
            json.WriteNumber("asked", kernel.Asked);
            if (device is { } all)
                json.WriteNumber("device", all);
            json.WriteNumber("files", fileBytes);
            json.WriteStartObject("own");
            foreach (var (count, value) in own.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteNumber(count, value);
            json.WriteEndObject();
        });
    }

    void Tell(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
        output.Flush();
    }
}
