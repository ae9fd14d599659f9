using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Steelyard.Analysis.Policies.Caching;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Formats.CacheTraces;
using Steelyard.Histories;
using Steelyard.Plots;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard cache</c>: what a cache would have answered of recorded requests.</summary>
internal sealed class CacheCommandLine
{
    const int PlotLines = 14;
    const int WidestPlot = 96;

    readonly Argument<string> _trace = new("trace")
    {
        Description =
            "Requests: a number a line, CSV with a column of objects (and one of sizes), or libCacheSim's"
            + " oracleGeneral; gzipped or not",
    };

    readonly Option<string> _policy = new("--policy")
    {
        Description =
            $"What to drop: {string.Join(", ", CachePolicies.Names)}; several apart by commas, or all",
        HelpName = "which",
        DefaultValueFactory = _ => "lru",
    };

    readonly Option<string?> _size = CommonOptionSet.Text(
        "--size", "sizes",
        "How much it holds, in objects or with --bytes in bytes: 2000, or several as 100,500,1%,10%, or 100"
            + " sizes up to all objects as curve");
    readonly Option<bool> _bytes = new("--bytes") { Description =
        "Sizes count bytes, of traces that tell them" };
    readonly Option<bool> _json = new("--json") { Description = "Print the figures as JSON" };
    readonly Option<string?> _plot = CommonOptionSet.Text(
        "--plot", "file.svg", "Draw hit ratios over sizes into this file");

    public static Command Create(Terminal terminal)
    {
        var cache = new CacheCommandLine();
        var command = new Command(
            "cache", "What a cache would have answered of recorded requests, by policy and size");
        command.Add(cache._trace);
        foreach (var option in (Option[])[cache._policy, cache._size, cache._bytes, cache._json, cache._plot])
            command.Add(option);
        cache._policy.CompletionSources.Add([.. CachePolicies.Names]);
        command.SetAction(parsed => cache.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard cache trace.gz --policy lru --size 2000",
            "steelyard cache trace.gz --policy all --size 1%,5%,20%",
            "steelyard cache io.oracleGeneral.gz --bytes --policy sieve --size 134217728 --json");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var policies = Policies(parsed.GetValue(_policy)!);
        var path = parsed.GetValue(_trace)!;
        var trace = CacheTraceFile.Read(path);
        var requests = Requests(trace, path, parsed.GetValue(_bytes));
        var sizes = CacheSizes.Of(
            parsed.GetValue(_size) ?? throw new UserMistakeException(
                "--size: expected how much the cache holds, as 2000, found nothing"), requests);
        var rows = policies.SelectMany(policy => CacheCurve.Of(policy, requests, sizes)
            .Zip(sizes, (result, size) => new Row(policy.Name, size, result))).ToList();
        if (parsed.GetValue(_plot) is { } file)
            AtomicFile.Write(file, SvgPlot.Of(PlotOf(rows, path, parsed.GetValue(_bytes))));
        if (parsed.GetValue(_json))
            terminal.Json(json => Write(json, rows, trace));
        else
            Write(terminal, rows, trace, requests, PlotOf(rows, path, parsed.GetValue(_bytes)));
        return ExitCodes.Held;
    }

    static List<CachePolicyKind> Policies(string words) => words == "all"
        ? [.. CachePolicies.All]
        : [.. words.Split(',').Select(word => CachePolicies.Named(word.Trim()))];

    static CacheRequests Requests(CacheTrace trace, string path, bool inBytes)
    {
        if (inBytes && trace.Sizes is null)
            throw new UserMistakeException(
                $"--bytes: expected a trace that tells sizes, found {path} ({trace.Format}) without");
        return new(trace.Objects, inBytes ? trace.Sizes : null, trace.Distinct);
    }

    static void Write(
        Terminal terminal, List<Row> rows, CacheTrace trace, CacheRequests requests, Plot plot)
    {
        var unit = requests.Sizes is null ? "objects" : "bytes";
        terminal.Line($"{trace.Objects.Length:N0} requests for {trace.Distinct:N0} objects ({trace.Format})"
            + (trace.PassedOver > 0 ? $"; {trace.PassedOver:N0} marks passed over" : ""));
        terminal.Line("");
        terminal.Line($"  {"policy",-10}{unit,16}{"hits",14}{"misses",14}{"hit ratio",11}"
            + (requests.Sizes is null ? "" : $"{"bytes fetched",18}"));
        foreach (var (policy, size, result) in rows)
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"  {policy,-10}{size,16:N0}{result.Hits,14:N0}{result.Misses,14:N0}{result.HitRatio,11:P2}")
                + (requests.Sizes is null ? "" : $"{result.MissBytes,18:N0}"));
        if (plot.Series.All(series => series.Points.Count < 3))
            return;
        terminal.Line("");
        foreach (var line in TerminalPlot.Lines(plot, Math.Min(WidestPlot, terminal.Width - 4), PlotLines))
            terminal.Line($"  {line}");
    }

    // One size of one policy is one flat object.
    static void Write(Utf8JsonWriter json, List<Row> rows, CacheTrace trace)
    {
        if (rows.Count > 1)
            json.WriteStartArray();
        foreach (var (policy, size, result) in rows)
        {
            json.WriteStartObject();
            json.WriteString("policy", policy);
            json.WriteNumber("size", size);
            json.WriteNumber("requests", result.Requests);
            json.WriteNumber("objects", trace.Distinct);
            json.WriteNumber("hits", result.Hits);
            json.WriteNumber("misses", result.Misses);
            json.WriteNumber("hitRatio", result.HitRatio);
            json.WriteNumber("requestBytes", result.RequestBytes);
            json.WriteNumber("missBytes", result.MissBytes);
            json.WriteEndObject();
        }

        if (rows.Count > 1)
            json.WriteEndArray();
    }

    static Plot PlotOf(List<Row> rows, string path, bool inBytes) => new(
        $"Hits of {Path.GetFileName(path)}", inBytes ? "size of the cache (bytes)"
            : "size of the cache (objects)",
        "share of requests answered",
        [.. rows.GroupBy(row => row.Policy).Select(policy => new PlotSeries(
            policy.Key, [.. policy.OrderBy(row => row.Size).Select(row =>
                ((double)row.Size, row.Result.HitRatio))]))]);

    readonly record struct Row(string Policy, long Size, CacheResult Result);
}
