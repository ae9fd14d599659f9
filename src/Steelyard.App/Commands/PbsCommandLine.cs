using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Laws.Quorums;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Plots;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard pbs</c>: how soon a read of a partial quorum sees a write.</summary>
internal sealed class PbsCommandLine
{
    const int UsualTrials = 4_000_000;
    const int FewestTrials = 1000;
    const int MostTrials = 50_000_000;
    const int MostReplicas = 100;
    const int CurvePoints = 240;

    readonly Option<string> _preset = new("--preset")
    {
        Description =
            $"How long messages take: {string.Join(", ", WarsModel.Presets.Select(one => one.Name))}",
        HelpName = "which",
        DefaultValueFactory = _ => "LNKD-SSD",
    };

    readonly ParameterOption _n = Number("n", "replicas", 3);
    readonly ParameterOption _r = Number("r", "replicas that a read waits for", 1);
    readonly ParameterOption _w = Number("w", "replicas that a write waits for", 1);
    readonly ParameterOption _trials = new(new(
        "trials", "trials of a write and a read", FewestTrials, MostTrials)
    {
        IsWhole = true, Default = UsualTrials,
    });

    readonly ParameterOption _p = new(new(
        "p", "the share of reads that see the write, and of latencies", 0, 1)
    {
        IsWithin = true, Default = 0.999,
    });

    readonly SeedOption _seed = new("the trials");

    readonly FigureOptionSet _shown = new();

    public static Command Create(Terminal terminal)
    {
        var pbs = new PbsCommandLine();
        var command = new Command(
            "pbs", "How soon a read of a partial quorum sees a write, and what latency that costs"
                + " (probabilistically bounded staleness)");
        foreach (
            var option in (Option[])[
                pbs._preset, pbs._n.Option, pbs._r.Option, pbs._w.Option, pbs._p.Option, pbs._trials.Option,
                pbs._seed.Option])
            command.Add(option);
        pbs._preset.CompletionSources.Add([.. WarsModel.Presets.Select(one => one.Name)]);
        pbs._shown.AddTo(command);
        command.SetAction(parsed => pbs.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard pbs --preset LNKD-DISK --n 3 --r 1 --w 1",
            "steelyard pbs --preset WAN --n 3 --r 2 --w 1 --p 0.99 --plot wan.svg");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var model = WarsModel.Named(parsed.GetValue(_preset)!);
        var n = (int)_n.Read(parsed);
        var quorum = new StrictQuorum(n, AtMost(n, _r, parsed), AtMost(n, _w, parsed));
        var count = (int)_trials.Read(parsed);
        var share = _p.Read(parsed);
        var seed = _seed.Read(parsed);
        var random = new SeededRandom(seed, "pbs");
        var trials = WarsTrials.Run(model, quorum, count, random.NextDouble);
        var published = trials.PublishedVisibleMs(share, model.PublishedStepMs, random.NextDouble);
        _shown.Show(
            terminal, parsed, Figures(trials, quorum, share, published), PlotOf(trials, model, quorum, share),
            [
                "a read sees the write where one of the R replicas that answer first has it: W <= w + t + R",
                $"Bailis et al. 2012, Probabilistically Bounded Staleness; {count:N0} trials, seed"
                    + $" {seed}",
            ]);
        return ExitCodes.Held;
    }

    static IReadOnlyList<LawFigure> Figures(
        WarsTrials trials, StrictQuorum quorum, double share, Estimate published)
    {
        var percent = string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#####} %");
        var (visible, read, write, at0) =
            (trials.VisibleMs(share), trials.ReadMs(share), trials.WriteMs(share), trials.SeenAfter(0));
        return
        [
            new("tVisibilityMs", $"{percent} of reads see a write after {Between(visible)}", visible.Value,
                "ms"),
            new("tVisibilityLowMs", "its interval of 95 %, from", visible.Low, "ms"),
            new("tVisibilityHighMs", "to", visible.High, "ms"),
            new("publishedProtocolMs",
                $"the same by the paper's own search, which ends too soon {Between(published)}",
                published.Value, "ms"),
            new("consistentAt0", "share of reads that see it at once", at0.Value),
            new("readMs", $"{percent} of reads take no longer than", read.Value, "ms"),
            new("writeMs", $"{percent} of writes take no longer than", write.Value, "ms"),
            new("readMedianMs", "half of the reads take no longer than", trials.ReadMs(0.5).Value, "ms"),
            new("writeMedianMs", "half of the writes take no longer than", trials.WriteMs(0.5).Value, "ms"),
            new("overlaps", "1 where every read meets every write (R + W > N)", quorum.Overlaps ? 1 : 0),
        ];
    }

    static string Between(Estimate estimate) => string.Create(
        CultureInfo.InvariantCulture, $"({estimate.Low:G4} … {estimate.High:G4})");

    static Plot PlotOf(WarsTrials trials, WarsModel model, StrictQuorum quorum, double share)
    {
        var end = Math.Max(model.PublishedStepMs * 100, 1.25 * trials.VisibleMs(share).Value);
        return new(
            $"{model.Name}, N = {quorum.Replicas}, R = {quorum.Reads}, W = {quorum.Writes}",
            "time after the write (ms)", "share of reads that see it",
            [new("seen", [.. Enumerable.Range(0, CurvePoints + 1).Select(point => end * point / CurvePoints)
                .Select(after => (after, trials.SeenAfter(after).Value))])]);
    }

    static int AtMost(int replicas, ParameterOption option, ParseResult parsed) =>
        (int)(option.Parameter with { Most = replicas }).Checked(option.Read(parsed));

    static ParameterOption Number(string name, string meaning, double usual) =>
        new(new(name, meaning, 1, MostReplicas) { IsWhole = true, Default = usual });
}
