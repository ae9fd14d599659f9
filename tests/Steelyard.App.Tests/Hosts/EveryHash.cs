using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Tests.Hosts;

/// <summary>Runs seeds of every design in this process, and writes a line with the hashes of each.</summary>
internal static class EveryHash
{
    /// <summary>The word that makes these tests do so.</summary>
    public const string Word = "--hashes";

    // Faults of every kind fall in it, and designs whose own load is three times as long cost that much more.
    static readonly TimeSpan s_load = TimeSpan.FromSeconds(10);

    /// <summary>Runs the seeds 1 up to some number of every design, or all of that from its end to its
    /// begin.</summary>
    public static int Write(int seeds, int seedsOfServices, bool backwards)
    {
        var designs = backwards ? EveryDesign.All.Reverse() : EveryDesign.All;
        foreach (var design in designs)
        {
            var request = RunRequest.Of(
                design, new(design, new() { Duration = s_load }), FaultChoice.Named("all"), new(1));
            var last = request.Build().Deployment.FillsProcess ? seedsOfServices : seeds;
            var range = SeedRange.Parse(backwards ? $"{last}..1" : $"1..{last}");
            var hunt = new HuntRequest(() => new EveryWorld(), request, range) { Judge = false, Workers = 1 };
            foreach (var seed in Hunt.Execute(hunt).Seeds)
                Console.WriteLine(
                    $"{design.Name} {seed.Seed} {seed.HistoryHash:x16} {seed.ScheduleHash:x16}");
        }

        return 0;
    }
}
