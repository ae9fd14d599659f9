using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Laws.Scaling;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Plots;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard fit</c>: the law that fits measurements best, and how sure that is.</summary>
internal static class FitCommandLine
{
    const int CurvePoints = 200;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("fit", "Fit a law to measurements") { Usl(terminal) };
        command.SetAction(_ => NothingAsked());
        Examples.Of(command, "steelyard fit usl measured.csv");
        return command;
    }

    static int NothingAsked() => throw new UserMistakeException("fit: expected usl, found nothing");

    static Command Usl(Terminal terminal)
    {
        var file = new Argument<string>("data")
        {
            Description =
                "CSV, TSV or blanks: load (workers or users) and throughput on each line, with or without"
                + " a first line of names",
        };
        var shown = new FigureOptionSet();
        var command = new Command(
            "usl", "The universal scalability law: contention, coherence, and where throughput is largest")
        {
            file,
        };
        shown.AddTo(command);
        command.SetAction(parsed =>
        {
            var points = MeasuredPoints.Read(parsed.GetValue(file)!);
            var fit = ScalabilityFit.Of(points);
            shown.Show(terminal, parsed, Figures(fit), PlotOf(fit, points),
            [
                "X(N) = γN/(1 + α(N - 1) + βN(N - 1)), least squares of X",
                "Gunther 2007, Guerrilla Capacity Planning, chapter 4 and section 5.6",
                .. fit.Law.Coherence < 0 || fit.Law.Contention < 0
                    ? new[] { "a coefficient below 0 has no meaning: this law is not what was measured" }
                    : [],
            ]);
            return ExitCodes.Held;
        });
        Examples.Of(
            command, "steelyard fit usl measured.csv", "steelyard fit usl measured.csv --plot usl.svg");
        return command;
    }

    static IReadOnlyList<LawFigure> Figures(ScalabilityFit fit)
    {
        var (law, t) = (fit.Law, StudentsT.Quantile975(fit.Points - 3));
        return
        [
            new("alpha", Told("α, contention", fit.ContentionError, t), law.Contention),
            new("alphaError", "its standard error", fit.ContentionError),
            new("beta", Told("β, coherence", fit.CoherenceError, t), law.Coherence),
            new("betaError", "its standard error", fit.CoherenceError),
            new("gamma", Told("γ, the throughput of one", fit.RateError, t), law.Rate),
            new("gammaError", "its standard error", fit.RateError),
            new("residualError", "standard error of a measurement around the curve", fit.ResidualError),
            new("peakLoad", "load of the largest throughput", law.PeakLoad),
            new("peakThroughput", "the largest throughput", law.PeakThroughput),
            new("amdahlLimit", "what contention alone would allow", law.AmdahlLimit),
            new("points", "measurements", fit.Points),
        ];
    }

    static string Told(string what, double error, double t) => string.Create(
        CultureInfo.InvariantCulture, $"{what} (95 %: ± {t * error:G3})");

    static Plot PlotOf(ScalabilityFit fit, IReadOnlyList<(double Load, double Throughput)> points)
    {
        var most = points.Max(point => point.Load);
        var end =
            double.IsFinite(fit.Law.PeakLoad) ? Math.Max(most, Math.Min(2 * most, fit.Law.PeakLoad)) : most;
        return new("Universal scalability law", "load", "throughput",
        [
            new("fit", [.. Enumerable.Range(0, CurvePoints + 1).Select(point => end * point / CurvePoints)
                .Select(load => (load, fit.Law.Throughput(load)))]),
            new("measured", points) { IsJoined = false },
        ]);
    }
}
