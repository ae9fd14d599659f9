using System.Text.Json;

namespace Steelyard.App.Tests.Measures;

/// <summary>An operation as its two lines tell it.</summary>
internal sealed class RecordedRequest
{
    public required string Function { get; init; }

    public required string? Node { get; init; }

    public required long DueNs { get; init; }

    public required bool IsSent { get; init; }

    public required bool IsSession { get; init; }

    /// <summary><c>ok</c>, <c>fail</c>, <c>info</c>, or null when it never ended.</summary>
    public string? End { get; set; }

    public bool HasError { get; set; }

    public long EndNs { get; set; }

    public bool IsAnswered => IsSent && (End == "ok" || (End == "fail" && Function == "cas" && !HasError));

    public long LatencyNs => EndNs - DueNs;

    public bool IsWithin(long limitNs) => IsAnswered && LatencyNs <= limitNs;
}

/// <summary>A fault's line.</summary>
internal sealed record RecordedFault(
    long TimeNs, string Phase, string Kind, int Number, List<(string[] From, string[] To)> Cuts,
    string[] Uncut);

/// <summary>
/// What a run's <c>history.jsonl</c> says, read line by line with nothing of ours, so that the figures of the
/// page and of <c>result.json</c> can be counted once more by other means.
/// </summary>
internal sealed class ObservedRun
{
    readonly Dictionary<int, RecordedRequest> _open = [];

    public ObservedRun(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            Read(json.RootElement);
        }
    }

    public List<RecordedRequest> All { get; } = [];

    public List<RecordedFault> Faults { get; } = [];

    public long LoadEndNs { get; private set; }

    public long HealNs { get; private set; }

    /// <summary>The requests that were due before the load's end.</summary>
    public List<RecordedRequest> Due => [.. All.Where(one => !one.IsSession && one.DueNs < LoadEndNs)];

    void Read(JsonElement line)
    {
        var timeNs = line.GetProperty("time").GetInt64();
        if (line.TryGetProperty("mark", out var mark))
            (LoadEndNs, HealNs) = mark.GetString() switch
            {
                "load-end" => (timeNs, HealNs),
                "heal" => (LoadEndNs, timeNs),
                _ => (LoadEndNs, HealNs),
            };
        else if (line.GetProperty("process").ValueKind == JsonValueKind.String)
            Faults.Add(new(
                timeNs, line.GetProperty("phase").GetString()!, line.GetProperty("f").GetString()!,
                line.TryGetProperty("fault", out var number) ? number.GetInt32() : -1, Cuts(line),
                line.TryGetProperty("uncut", out var uncut) ? Names(uncut) : []));
        else if (line.GetProperty("type").GetString() == "invoke")
            Invoke(line, timeNs);
        else
            Complete(line, timeNs);
    }

    void Invoke(JsonElement line, long timeNs)
    {
        var request = new RecordedRequest
        {
            Function = line.GetProperty("f").GetString()!,
            Node = line.TryGetProperty("node", out var node) ? node.GetString() : null,
            DueNs = line.TryGetProperty("intended", out var due) ? due.GetInt64() : timeNs,
            IsSent = !line.TryGetProperty("sent", out var sent) || sent.GetBoolean(),
            IsSession = line.TryGetProperty("session", out var session) && session.GetBoolean(),
        };
        All.Add(request);
        _open[line.GetProperty("process").GetInt32()] = request;
    }

    void Complete(JsonElement line, long timeNs)
    {
        _open.Remove(line.GetProperty("process").GetInt32(), out var request);
        request!.End = line.GetProperty("type").GetString();
        request.EndNs = timeNs;
        request.HasError = line.TryGetProperty("error", out _);
    }

    static List<(string[] From, string[] To)> Cuts(JsonElement line) =>
        line.TryGetProperty("cuts", out var cuts)
            ? [.. cuts.EnumerateArray().Select(cut => (Names(cut[0]), Names(cut[1])))]
            : [];

    static string[] Names(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];
}
