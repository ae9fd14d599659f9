using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Specs;

namespace Steelyard.App.Live;

/// <summary><c>steelyard live --matrix</c>: what is said of engines, tried.</summary>
internal sealed class MatrixCommandLine(DesignCatalogue designs, Terminal terminal)
{
    const string DefaultFolder = "runs/live-matrix";

    /// <summary>The option that asks for it.</summary>
    public Option<bool> Asked { get; } = new("--matrix")
    {
        Description = "Try what is published and documented of engines, and print expected against found",
    };

    /// <summary>Which engines.</summary>
    public Option<string?> Only { get; } = CommonOptionSet.Text(
        "--only", "engines", "With --matrix: engines with commas between them; all when not given");

    /// <summary>Tries all rows.</summary>
    /// <param name="parsed">What was asked.</param>
    /// <param name="folder">Where the evidence goes; null is a folder of its own.</param>
    /// <param name="asJson">Whether it is told as JSON.</param>
    public int Execute(ParseResult parsed, string? folder, bool asJson)
    {
        using var interruption = new Interruption();
        var trial = new MatrixTrial(designs, folder ?? DefaultFolder, interruption.Token);
        var outcomes = new List<MatrixOutcome>();
        using (var status = new StatusLine(terminal))
        {
            foreach (var outcome in interruption.Before(Chosen(parsed).SelectMany(trial.TryAll)))
            {
                outcomes.Add(outcome);
                status.Clear();
                if (!asJson)
                    new MatrixLines(terminal).Write(outcome);
                status.Show(_ => $"{outcome.Engine}: {outcomes.Count} tried");
            }
        }

        var isPartial = interruption.Token.IsCancellationRequested;
        if (asJson)
            terminal.Json(json => Write(json, outcomes));
        else
            new MatrixLines(terminal).WriteSum(outcomes, isPartial);
        return isPartial ? ExitCodes.Interrupted
            : outcomes.Exists(outcome => outcome.Agrees == false) ? ExitCodes.Broken
            : outcomes.Exists(outcome => outcome.Agrees is null) ? ExitCodes.Unknown
            : ExitCodes.Held;
    }

    IReadOnlyList<Engine> Chosen(ParseResult parsed) => EngineChoice.Named(
        EngineChoice.Of(designs.Engines), parsed.GetValue(Only)?.Split(','), Only.Name, "engines");

    static void Write(Utf8JsonWriter json, List<MatrixOutcome> outcomes)
    {
        json.WriteStartArray();
        foreach (var outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("engine", outcome.Engine);
            json.WriteString("configuration", outcome.Row.Configuration);
            json.WriteString("workload", outcome.Row.Workload);
            json.WriteString("nemesis", outcome.Row.Nemesis);
            json.WriteString("expected", outcome.Expected);
            json.WriteString("found", outcome.Found);
            if (outcome.Agrees is { } agrees)
                json.WriteBoolean("agrees", agrees);
            else
                json.WriteNull("agrees");
            json.WriteString("evidence", outcome.Evidence);
            json.WriteString("note", outcome.Row.Note);
            json.WriteString("source", outcome.Row.Source);
            json.WriteString("folder", outcome.Folder);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
