using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Specs;

namespace Steelyard.App.Live;

/// <summary><c>steelyard live isolation</c>: which anomalies each level of isolation lets through, found by
/// scripts, against what is said of it.</summary>
internal sealed class IsolationCommandLine
{
    readonly DesignCatalogue _designs;
    readonly Terminal _terminal;
    readonly Argument<string?> _engine = new("engine")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A database; all when not given",
    };

    readonly Option<bool> _json;

    IsolationCommandLine(DesignCatalogue designs, Terminal terminal, Option<bool> json) =>
        (_designs, _terminal, _json) = (designs, terminal, json);

    /// <summary>The command.</summary>
    /// <param name="designs">Where databases are found by name.</param>
    /// <param name="terminal">Where it is told.</param>
    /// <param name="json">The one option of the command above it that it takes.</param>
    public static Command Create(DesignCatalogue designs, Terminal terminal, Option<bool> json)
    {
        var line = new IsolationCommandLine(designs, terminal, json);
        var command = new Command(
            "isolation", "Try every anomaly at every level of isolation of a database, step by step")
        {
            line._engine,
        };
        command.SetAction(line.Execute);
        Examples.Of(command, "steelyard live isolation postgres", "steelyard live isolation --json");
        return command;
    }

    int Execute(ParseResult parsed)
    {
        RefuseOthers(parsed);
        using var interruption = new Interruption();
        var asJson = parsed.GetValue(_json);
        var cells = new List<IsolationCell>();
        foreach (var engine in interruption.Before(Chosen(parsed.GetValue(_engine))))
        {
            using var status = new StatusLine(_terminal);
            var found = new List<IsolationCell>();
            foreach (var cell in interruption.Before(IsolationTrial.Try(engine, interruption.Token)))
            {
                found.Add(cell);
                status.Show(
                    _ => $"{engine.Name}: {found.Count} of {engine.IsolationTable!.Rows.Count} tried");
            }

            status.Clear();
            if (!asJson)
                new IsolationLines(_terminal).Write(
                    engine, found, interruption.Token.IsCancellationRequested);
            cells.AddRange(found);
        }

        if (asJson)
            _terminal.Json(json => Write(json, cells));
        return interruption.Token.IsCancellationRequested ? ExitCodes.Interrupted
            : cells.TrueForAll(cell => cell.Agrees) ? ExitCodes.Held : ExitCodes.Broken;
    }

    // What is asked and what breaks is in the scripts.
    void RefuseOthers(ParseResult parsed)
    {
        for (var of = parsed.CommandResult; of is not null; of = of.Parent as CommandResult)
            foreach (var given in of.Children.OfType<OptionResult>())
                if (!given.Implicit && given.Option != _json && given.Option.Name != "--verbose")
                    throw new UserMistakeException(
                        $"isolation: expected no option but {_json.Name}, found {given.Option.Name}");
    }

    IReadOnlyList<Engine> Chosen(string? name) => EngineChoice.Named(
        [.. EngineChoice.Of(_designs.Engines).Where(engine => engine.IsolationTable is not null)],
        name is null ? null : [name], "isolation", "a database");

    static void Write(Utf8JsonWriter json, List<IsolationCell> cells)
    {
        json.WriteStartArray();
        foreach (var cell in cells)
        {
            json.WriteStartObject();
            json.WriteString("engine", cell.Engine);
            json.WriteString("level", cell.Level);
            json.WriteString("anomaly", cell.Script.Name);
            json.WriteString("title", cell.Script.Title);
            json.WriteBoolean("occurs", cell.Occurs);
            json.WriteBoolean("said", cell.IsSaid);
            json.WriteString("source", cell.Source);
            json.WriteString("evidence", cell.Finding.Evidence);
            json.WriteStartArray("transcript");
            foreach (var line in cell.Finding.Transcript)
                json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
