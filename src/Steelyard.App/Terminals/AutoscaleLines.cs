using System.Globalization;
using System.Text;
using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Services;
using Steelyard.Plots;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Terminals;

/// <summary>What became of a demand, as lines, JSON, CSV and a plot.</summary>
internal static class AutoscaleLines
{
    const int PlotLines = 16;
    const int WidestPlot = 96;
    const int PlotPoints = 600;
    const int CsvRows = 10_000;

    /// <summary>The table, and the plot.</summary>
    public static void Write(
        Terminal terminal, IReadOnlyList<ScaledRun> runs, DemandTrace demand, ScaledServiceOptions options,
        string currency, Plot plot)
    {
        terminal.Line(Told($"{demand.Name}: {demand.Requests:N0} requests in {Time(demand.Duration)},")
            + Told($" {demand.RatesPerSecond.Min():N0} to {demand.RatesPerSecond.Max():N0} a second;")
            + Told($" due within {Time(options.Slo)}")
            + (options.Learning > TimeSpan.Zero ? $"; the first {Time(options.Learning)} do not count" : ""));
        terminal.Line("");
        var widest = Math.Max("policy".Length, runs.Max(run => run.Policy.Length));
        terminal.Line($"  {"policy".PadRight(widest)}{"missed",14}{"peak",7}{"mean",8}{"busy",7}{"hours",10}"
            + $"{"cost " + currency,12}{"changes",9}{"turns",7}");
        foreach (var run in runs)
            terminal.Line(Told($"  {run.Policy.PadRight(widest)}{ShareText.Percent(run.SloMissShare),14}")
                + Told($"{run.PeakReplicas,7:N0}{run.MeanReplicas,8:N1}{run.MeanUtilisation,7:P0}")
                + Told($"{run.InstanceHours + run.WarmHours,10:N1}{run.Cost,12:N2}")
                + Told($"{run.Changes,9:N0}{run.Thrash,7:N0}"));
        foreach (var run in runs.Where(run => run.ForecastError is not null))
        {
            terminal.Line("");
            terminal.Line(Told($"  {run.Policy}: what came was {run.ForecastError:P1} from its forecast"));
        }

        // Dots of a terminal have no colours: more than one policy would not be told apart.
        var shown = plot with { Series = [plot.Series[0], plot.Series[^1]] };
        terminal.Line("");
        foreach (var line in TerminalPlot.Lines(shown, Math.Min(WidestPlot, terminal.Width - 4), PlotLines))
            terminal.Line($"  {line}");
        terminal.Line("");
        terminal.Line($"  {string.Join(", and below it ", shown.Series.Select(series => series.Name))}");
    }

    /// <summary>One flat object, or an array of them.</summary>
    public static void WriteJson(Terminal terminal, IReadOnlyList<ScaledRun> runs, DemandTrace demand) =>
        terminal.Json(json =>
        {
            if (runs.Count > 1)
                json.WriteStartArray();
            foreach (var run in runs)
                Write(json, run, demand);
            if (runs.Count > 1)
                json.WriteEndArray();
        });

    static void Write(Utf8JsonWriter json, ScaledRun run, DemandTrace demand)
    {
        json.WriteStartObject();
        json.WriteString("policy", run.Policy);
        json.WriteString("demand", demand.Name);
        json.WriteNumber("requests", run.Due);
        json.WriteNumber("sloMissShare", run.SloMissShare);
        json.WriteNumber("sloMissed", run.Missed);
        json.WriteNumber("peakReplicas", run.PeakReplicas);
        json.WriteNumber("meanReplicas", run.MeanReplicas);
        json.WriteNumber("meanUtilisation", run.MeanUtilisation);
        json.WriteNumber("instanceHours", run.InstanceHours);
        json.WriteNumber("warmHours", run.WarmHours);
        json.WriteNumber("cost", run.Cost);
        json.WriteNumber("changes", run.Changes);
        json.WriteNumber("thrash", run.Thrash);
        json.WriteNumber("longestQueue", run.LongestQueue);
        if (run.ForecastError is { } error)
            json.WriteNumber("forecastError", error);
        else
            json.WriteNull("forecastError");
        json.WriteEndObject();
    }

    /// <summary>The course of a run, in ten thousand lines at most.</summary>
    public static string Csv(ScaledRun run)
    {
        var every = (run.Timeline.Count + CsvRows - 1) / CsvRows;
        var text = new StringBuilder("seconds,requestsPerSecond,replicas,ready,queue,utilisation\n");
        for (var at = 0; at < run.Timeline.Count; at += every)
        {
            var one = run.Timeline[at];
            text.Append(Told($"{one.Seconds:0.###},{one.Demand:0.###},{one.Replicas},{one.Ready},"))
                .Append(Told($"{one.Queue:0.###},{one.Utilisation:0.####}\n"));
        }

        return text.ToString();
    }

    /// <summary>Instances over time, and how many the demand would keep busy all the time.</summary>
    public static Plot PlotOf(
        DemandTrace demand, IReadOnlyList<ScaledRun> runs, ScaledServiceOptions options)
    {
        var isLong = demand.Duration > TimeSpan.FromHours(6);
        var unit = isLong ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);
        IReadOnlyList<(double X, double Y)> Points(ScaledRun run, Func<ScaledSecond, double> of)
        {
            var every = Math.Max(1, run.Timeline.Count / PlotPoints);
            return [.. run.Timeline.Where((_, at) => at % every == 0)
                .Select(second => (second.Seconds / unit.TotalSeconds, of(second)))];
        }

        return new(
            $"Instances for {demand.Name}", isLong ? "hours" : "minutes", "instances",
            [
                .. runs.Select(run => new PlotSeries(run.Policy, Points(run, second => second.Replicas))),
                new("demand over capacity of one",
                    Points(runs[0], second => second.Demand / options.Settings.CapacityPerInstance)),
            ]);
    }

    /// <summary>All policies, and what each may be told.</summary>
    public static void WritePolicies(Terminal terminal)
    {
        foreach (var (place, kind) in ScalingPolicies.All.Index())
        {
            if (place > 0)
                terminal.Line("");
            terminal.Line($"{kind.Name}  {kind.Summary}");
            terminal.Line($"  {kind.Source}");
            foreach (var parameter in kind.Parameters)
                terminal.Line($"  {$"{parameter.Name}={parameter.Usual}",-24} {parameter.Meaning}");
        }
    }

    static string Time(TimeSpan time) => Durations.Format(time);

    static string Told(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
