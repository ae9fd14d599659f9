using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Terminals;

/// <summary>What a hunt found, in plain words.</summary>
internal sealed class HuntLines(Terminal terminal)
{
    public void Write(HuntRequest hunt, HuntResult result, TimeSpan elapsed)
    {
        if (!hunt.Judge)
            WriteHashes(result);
        else
            WriteVerdicts(hunt, result, elapsed);
        if (result.FirstFailed is not { } failed)
            return;
        terminal.Line($"The first that could not be run to its end is seed {failed.Seed}: {failed.Summary}");
        WriteRepeat(hunt, failed.Seed);
    }

    void WriteHashes(HuntResult result)
    {
        foreach (var seed in result.Seeds.Where(seed => seed.Failure is null))
            terminal.Line($"{seed.Seed,-12} history {ResultJson.Hash(seed.HistoryHash)}"
                + $"  schedule {ResultJson.Hash(seed.ScheduleHash)}");
        if (result.IsPartial)
            terminal.Line("PARTIAL: stopped before the end.");
    }

    void WriteVerdicts(HuntRequest hunt, HuntResult result, TimeSpan elapsed)
    {
        var rate = result.Seeds.Count / Math.Max(elapsed.TotalSeconds, 0.001);
        if (result.IsPartial)
            terminal.Line("PARTIAL: stopped before the end.");
        var failed = result.Seeds.Count(seed => seed.Failure is not null);
        terminal.Line(
            $"{hunt.Run.Design.Name}: {result.Seeds.Count:N0} of {hunt.Seeds.Count:N0} seeds tried "
            + $"({hunt.Seeds}), {rate:N0} a second, "
            + $"{Count(result, Validity.Invalid):N0} invalid, "
            + $"{Count(result, Validity.Unknown) - failed:N0} undecided"
            + $"{(failed > 0 ? $", {failed:N0} that threw" : "")}.");
        if (result.FirstInvalid is not { } first)
        {
            terminal.Line(WhatHeld(result, failed));
            return;
        }

        terminal.Line(
            $"The first that broke a promise is seed {first.Seed}: {first.Checker}: {first.Summary}");
        WriteRepeat(hunt, first.Seed);
    }

    // A part of a hunt says nothing of the rest, and one that judged nothing says nothing at all.
    static string WhatHeld(HuntResult result, int failed)
    {
        var judged = result.Seeds.Count - failed;
        if (judged == 0)
            return "Nothing was judged.";
        if (judged == Count(result, Validity.Valid))
            return result.IsPartial || failed > 0
                ? $"No promise was broken in the {judged:N0} that were judged."
                : "Every promise held.";
        return "No promise was broken, but some were not decided.";
    }

    static int Count(HuntResult result, Validity validity) =>
        result.Seeds.Count(seed => seed.Validity == validity);

    void WriteRepeat(HuntRequest hunt, Seed seed)
    {
        var repeat = RunCommand.Of(hunt.Run.With(seed).Spec);
        terminal.Line($"  repeat: {terminal.Named(repeat)}");
    }
}
