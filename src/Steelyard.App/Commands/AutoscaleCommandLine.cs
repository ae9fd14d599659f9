using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Services;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard autoscale</c>: what becomes of a demand under scaling policies.</summary>
internal sealed class AutoscaleCommandLine
{
    readonly AutoscaleOptionSet _service = new();

    readonly Option<string> _policy = new("--policy")
    {
        Description = $"Who decides: {string.Join(", ", ScalingPolicies.All.Select(kind => kind.Name))};"
            + " several apart by commas, or all (but scheduled, which must be told when); each may be told"
            + " more after colons, as hpa:tolerance=0.2:down-window=0s",
        HelpName = "which",
        DefaultValueFactory = _ => "hpa",
    };

    readonly Option<string?> _regions = new("--regions")
    {
        Description = "Split the demand over so many regions around the earth, each with its own day: groups"
            + " of their own against one for all",
        HelpName = "count",
    };

    readonly Option<bool> _json = new("--json") { Description =
        "Print the figures as JSON: one flat object, or an array of them for several policies" };
    readonly Option<string?> _csv = new("--csv") { Description =
        "Write the course of the first policy into this file", HelpName = "file.csv" };
    readonly Option<string?> _plot = new("--plot") { Description =
        "Draw instances against demand into this file too", HelpName = "file.svg" };
    readonly Option<bool> _policies = new("--policies") { Description =
        "List the policies, and what each may be told" };

    public static Command Create(Terminal terminal)
    {
        var autoscale = new AutoscaleCommandLine();
        var command = new Command(
            "autoscale", "What becomes of a demand under scaling policies: misses, instances, cost")
        {
            ScalingDecideCommandLine.Create(terminal),
        };
        command.Add(autoscale._policy);
        autoscale._service.AddTo(command);
        foreach (var option in (Option[])
            [autoscale._regions, autoscale._json, autoscale._csv, autoscale._plot, autoscale._policies])
            command.Add(option);
        autoscale._policy.CompletionSources.Add([.. ScalingPolicies.All.Select(kind => kind.Name)]);
        command.SetAction(parsed => autoscale.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard autoscale --policy hpa --demand diurnal",
            "steelyard autoscale --policy hpa,aws-target,predictive --demand diurnal --start-up 3m",
            "steelyard autoscale --policy hpa,hpa:down-window=0s --demand noisy --plot replicas.svg",
            "steelyard autoscale --policy kpa --min 0 --demand trace.csv --json",
            "steelyard autoscale decide hpa --current 3 --levels 300,500,700 --target 30%");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(_policies))
        {
            AutoscaleLines.WritePolicies(terminal);
            return ExitCodes.Held;
        }

        var policies = Policies(parsed.GetValue(_policy)!);
        var demand = _service.Demand(parsed);
        var options = _service.Read(parsed, demand);
        var regions = Regions(parsed, demand);
        var runs = regions == 1
            ? policies.ConvertAll(policy => new ScaledService(options).Run(demand, policy))
            : ScaledRegions.Compare(demand, regions, options, policies);
        if (regions > 1)
            demand = ScaledRegions.Total(demand, regions);
        var plot = AutoscaleLines.PlotOf(demand, runs, options);
        if (parsed.GetValue(_plot) is { } svg)
            AtomicFile.Write(svg, Plots.SvgPlot.Of(plot));
        if (parsed.GetValue(_csv) is { } csv)
            AtomicFile.Write(csv, AutoscaleLines.Csv(runs[0]));
        if (parsed.GetValue(_json))
            AutoscaleLines.WriteJson(terminal, runs, demand);
        else
            AutoscaleLines.Write(terminal, runs, demand, options, _service.Currency, plot);
        return ExitCodes.Held;
    }

    static List<string> Policies(string words)
    {
        var policies = new List<string>();
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries))
        {
            // A comma may stand within what a policy is told, as between rules.
            var isNew = ScalingPolicies.All.Any(kind =>
                word == kind.Name || word.StartsWith($"{kind.Name}:", StringComparison.Ordinal));
            if (word == "all")
                policies.AddRange(
                    ScalingPolicies.All.Where(kind => !kind.MustBeTold).Select(kind => kind.Name));
            else if (!isNew && policies.Count > 0 && policies[^1].Contains('='))
                policies[^1] += $",{word}";
            else
                policies.Add(word);
        }

        return policies;
    }

    int Regions(ParseResult parsed, DemandTrace demand)
    {
        const int Most = 24;
        if (parsed.GetValue(_regions) is not { } text)
            return 1;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > Most)
            throw new UserMistakeException(
                $"--regions: expected a whole number from 1 to {Most}, found \"{text}\"");
        // The day of a region begins later, and what is cut off at the end comes at the beginning.
        return count == 1 || demand.Duration.Ticks % TimeSpan.TicksPerDay == 0
            ? count
            : throw new UserMistakeException("--regions: expected a demand of whole days, found"
                + $" {demand.Name} of {demand.Duration.TotalHours:0.##} h");
    }
}
