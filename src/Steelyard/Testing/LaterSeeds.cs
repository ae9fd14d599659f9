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
    /// <param name="asked">The hunt that found it.</param>
    /// <param name="failed">What it found.</param>
    public static string Told(HuntRequest asked, HuntedSeed failed)
    {
        var seeds = asked.Seeds;
        var next = Enumerable.Range(0, seeds.Count).First(place => seeds[place] == failed.Seed) + 1;
        var count = Math.Min(Most, seeds.Count - next);
        if (count == 0)
            return "";
        var later = new SeedRange(seeds[next].Value, seeds[next + count - 1].Value);
        var hunt = Hunt.Execute(asked with { Seeds = later, KeepGoing = true });
        var failing = hunt.Seeds.Count(seed => seed.Validity != Validity.Valid);
        return string.Create(
            CultureInfo.InvariantCulture, $"\nof the seeds after it {failing} of {count} fail as well");
    }
}
