using System.Text.Json;
using Spectre.Console;
using Steelyard.App.Terminals;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Specs;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard replay --until</c>: the same run again as far as a time, and what its nodes show
/// then.</summary>
internal sealed class ReplayedStates(Terminal terminal, DesignCatalogue designs)
{
    public int Execute(RunFolder folder, TimeSpan until, bool json)
    {
        using var interruption = new Interruption();
        ReplayedMoment moment;
        using (var status = new StatusLine(terminal))
            moment = ReplayedMoment.Execute(folder, designs, EveryDesign.CreateWorld(), new()
            {
                Cancellation = interruption.Token,
                Progress = new ReplayProgress(status),
            }, until);
        if (interruption.Token.IsCancellationRequested)
            return ExitCodes.Interrupted;
        if (json)
            terminal.Json(writer => Write(writer, moment));
        else
            Write(moment);
        return moment.Difference is null ? ExitCodes.Held : ExitCodes.Broken;
    }

    void Write(ReplayedMoment moment)
    {
        var at = FormattableString.Invariant($"{moment.Time.TotalSeconds:0.###} s");
        terminal.Console.Write(StateTable.Draw($"Nodes at {at}", moment.States));
        terminal.Console.WriteLine();
        if (moment.HasEnded)
            terminal.Line($"The run ended at {at}.");
        if (moment.Difference is null)
        {
            terminal.Line("Up to there clients saw the same as recorded.");
            return;
        }

        terminal.Line("Up to there the run differs from what was recorded.");
        DifferenceLines.Write(terminal, moment.Difference, "recorded", "again");
    }

    static void Write(Utf8JsonWriter json, ReplayedMoment moment)
    {
        json.WriteStartObject();
        json.WriteString("design", moment.Request.Design.Name);
        json.WriteString("seed", moment.Request.Seed.ToString());
        json.WriteNumber("atSeconds", moment.Time.TotalSeconds);
        json.WriteBoolean("ended", moment.HasEnded);
        json.WriteBoolean("same", moment.Difference is null);
        StatesJson.Write(json, moment.States);
        if (moment.Difference is not null)
            DifferenceLines.Write(json, moment.Difference, "recorded", "again");
        json.WriteEndObject();
    }
}
