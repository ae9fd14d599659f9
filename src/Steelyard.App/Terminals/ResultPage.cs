using Spectre.Console;
using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Terminals;

/// <summary>The page of results on the console: verdicts first, then what was measured, then where the rest
/// is.</summary>
internal sealed class ResultPage(Terminal terminal, RunResult result, RunFolder folder)
{
    public void Write()
    {
        var console = terminal.Console;
        console.MarkupLine($"[bold]{Plain(result.Design.Name)}[/]: {Plain(result.Scenario.Summary)}");
        console.MarkupLine($"[grey]{Plain(What())}[/]");
        if (result.World.IsPartial)
            console.MarkupLine(
                "[yellow]PARTIAL: the run was stopped before its end; what follows is about the part that "
                    + "ran.[/]");
        console.WriteLine();
        new VerdictLines(terminal).Write(
            result.World.History, result.Verdicts,
            [
                .. result.Scenario.Promises.Expectations.Select(promise => promise.Name),
                .. result.Scenario.Promises.Limits.Select(limit => limit.Id),
            ]);
        foreach (var note in result.Notes)
            terminal.Line($"  {note}");
        WriteFaults();
        new MeasureTables(terminal, result.Measures).Write();
        WriteBottleneck();
        WriteStates();
        console.WriteLine();
        terminal.Line($"Report   {folder.Report}");
        var word = IsReplayable ? "Repeat" : "Again";
        terminal.Line($"{word,-8} {terminal.Named(RunCommand.Of(result.Spec))}");
        if (!IsReplayable)
            terminal.Line("         A live run cannot be replayed: the same is asked and breaks, what comes"
                + " of it may differ.");
        if (Verdict.Overall(result.Verdicts) == Validity.Valid)
            terminal.Line($"{"Hunt",-8} {terminal.Named(RunCommand.Hunt(result.Spec))}");
        WriteNext();
    }

    void WriteNext()
    {
        var all = RunCommand.Next(result).ToList();
        var width = all.Count == 0 ? 0 : all.Max(next => terminal.Named(next.Command).Length);
        foreach (var (at, next) in all.Index())
            terminal.Line($"{(at == 0 ? "Try" : ""),-8} {terminal.Named(next.Command).PadRight(width)}"
                + $"  {next.Shows}");
    }

    bool IsReplayable => result.Scenario.Deployment.IsReplayable;

    void WriteBottleneck()
    {
        if (Account is not { EndNs: > 0 } account)
            return;
        terminal.Console.WriteLine();
        terminal.Console.MarkupLine("[bold]Bottleneck[/]");
        foreach (var sentence in account.Bottleneck.Sentences)
            terminal.Line($"  {sentence}.");
    }

    ArchitectureAccount? Account => result.World.Account as ArchitectureAccount;

    // Whoever stops a run on its way wants to see where it stands.
    void WriteStates()
    {
        if (result.Spec.Until is null && result.Spec.StopAtEvent is null)
            return;
        terminal.Console.WriteLine();
        terminal.Console.Write(StateTable.Draw(
            FormattableString.Invariant($"Nodes at {At().TotalSeconds:0.###} s"), result.World.States));
    }

    // The last event before it may be earlier.
    TimeSpan At() => result.World.IsPartial && result.Spec is { Until: { } until, StopAtEvent: null }
        ? until
        : result.World.End;

    string What()
    {
        var scenario = result.Scenario;
        IEnumerable<string> asking = Account is { } account
            ? account.Graph.Parts.Where(part => part.IsSource).Select(part => $"{part.Name}: {part.Extent}")
            : [FormattableString.Invariant(
                $"{scenario.Load.Clients} clients, {scenario.Load.RatePerSecond:0.##} operations/s")];
        string[] told = [$"seed {result.Seed}", $"{scenario.Cluster.Nodes.Count} nodes", .. asking];
        return $"{string.Join(", ", told)} for {Durations.Format(scenario.Load.Duration)},"
            + $" faults: {result.FaultsName}";
    }

    void WriteFaults()
    {
        const int most = 6;
        var faults = result.Measures.Faults;
        if (faults.Count == 0)
            return;
        terminal.Console.WriteLine();
        terminal.Console.MarkupLine("[bold]Faults[/]");
        foreach (var fault in faults.Take(most))
            terminal.Line($"  {Window(fault),-18} {fault.Kind}: {fault.Description}{Mark(fault)}");
        var idle = faults.Skip(most).Count(fault => fault.HadEffect == false);
        if (faults.Count > most)
            terminal.Line($"  and {faults.Count - most} more: {folder.Faults}"
                + (idle > 0 ? $" ({idle} of them had no effect)" : ""));
    }

    static string Mark(FaultWindow fault) => fault.HadEffect == false ? " (had no effect)" : "";

    static string Window(FaultWindow fault) => fault.IsInstant
        ? At(fault.StartNs)
        : $"{At(fault.StartNs)} to {At(fault.EndNs)}";

    // Of minutes on nobody counts in seconds.
    static string At(long ns) => ns < 600_000_000_000
        ? $"{ns / 1e9:0.0} s"
        : LimitText.Of(TimeSpan.FromTicks(ns / 100));

    static string Plain(string text) => Markup.Escape(text);
}

/// <summary>A measured number for people: three digits or so, shares as percentages.</summary>
internal static class MeasuredValue
{
    public static string Of(Measurement measurement)
    {
        if (!double.IsFinite(measurement.Value))
            return measurement.Samples > 0 ? "never" : "none";
        if (IsShare(measurement))
            return ShareText.Percent(measurement.Value)[..^2];
        var value = measurement.Value;
        return Math.Abs(value) switch
        {
            >= 100 => $"{value:N0}",
            >= 10 => double.IsInteger(value) ? $"{value:N0}" : $"{value:0.0}",
            0 => "0",
            >= 0.01 => $"{value:0.00}",
            _ => $"{value:0.0E+0}",
        };
    }

    public static string UnitOf(Measurement measurement) =>
        !double.IsFinite(measurement.Value) ? "" : IsShare(measurement) ? "%" : measurement.Unit;

    static bool IsShare(Measurement measurement) => measurement.Unit == "share";
}
