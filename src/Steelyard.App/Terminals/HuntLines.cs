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
        if (result.FirstFailed is { } failed)
            WriteFirst(hunt, "could not be run to its end", failed.Seed, failed.Summary!);
        else if (hunt.Judge && result is { FirstInvalid: null, FirstUndecided: { } undecided })
            WriteFirst(
                hunt, "was not decided", undecided.Seed, $"{undecided.Checker}: {undecided.Summary}"
                + (undecided.Besides is { } besides ? $"; {besides}" : ""));
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
            $"{hunt.Run.Design.Name}: {Tried(hunt, result)}, {rate:N0} a second, "
            + $"{result.Count(Validity.Invalid):N0} invalid, "
            + $"{result.Count(Validity.Unknown):N0} undecided"
            + $"{(failed > 0 ? $", {failed:N0} that threw" : "")}.");
        if (result.FirstInvalid is { } first)
            WriteFirst(hunt, "broke a promise", first.Seed, $"{first.Checker}: {first.Summary}");
        else
            terminal.Line(WhatHeld(result));
    }

    // In a time there are as many as there are.
    static string Tried(HuntRequest hunt, HuntResult result) => hunt.For is null
        ? $"{result.Seeds.Count:N0} of {hunt.Seeds.Count:N0} seeds tried ({hunt.Seeds})"
        : $"{result.Seeds.Count:N0} seeds tried ({hunt.Tried(result)})";

    // A part of a hunt says nothing of the rest, and one that judged or decided nothing says nothing at all.
    static string WhatHeld(HuntResult result)
    {
        var (valid, unknown) = (result.Count(Validity.Valid), result.Count(Validity.Unknown));
        return (valid, unknown) switch
        {
            (0, 0) => "Nothing was judged.",
            (0, _) => "Nothing was decided.",
            (_, 0) when result.Validity == Validity.Valid => "Every promise held.",
            (_, 0) => $"No promise was broken in the {valid:N0} that were judged.",
            _ => $"No promise was broken in the {valid:N0} that were decided.",
        };
    }

    void WriteFirst(HuntRequest hunt, string what, Seed seed, string told)
    {
        terminal.Line($"The first that {what} is seed {seed}: {told}");
        WriteRepeat(hunt, seed);
    }

    void WriteRepeat(HuntRequest hunt, Seed seed)
    {
        var repeat = RunCommand.Of(hunt.Run.With(seed).Spec);
        terminal.Line($"  repeat: {terminal.Named(repeat)}");
    }
}
