using System.Globalization;
using Steelyard.Histories;
using Steelyard.Hunts;

namespace Steelyard.Testing;

/// <summary>How many of the seeds after one that failed fail too: whether it is rare, or always so.</summary>
internal static class LaterSeeds
{
    // Enough to tell the one from the other; who mends it does not wait for more.
    const int Most = 20;

    /// <summary>A line that begins with a line break; nothing where no seed is left.</summary>
    public static string Told(TestedScenario tested, SeedRange seeds, HuntedSeed failed)
    {
        var place = 0;
        while (seeds[place] != failed.Seed)
            place++;
        var count = Math.Min(Most, seeds.Count - place - 1);
        if (count == 0)
            return "";
        var later = new SeedRange(seeds[place + 1].Value, seeds[place + count].Value);
        var hunt = Hunt.Execute(
            new(() => tested.CreateSharedWorld(), tested.Request, later) { KeepGoing = true });
        var failing = hunt.Seeds.Count(seed => seed.Validity != Validity.Valid);
        return string.Create(
            CultureInfo.InvariantCulture, $"\nof the seeds after it {failing} of {count} fail as well");
    }
}
