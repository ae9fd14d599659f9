using System.Diagnostics;
using System.Globalization;

namespace Steelyard.Bench;

/// <summary>One figure: how many of something a second.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">What is counted: <c>messages/s</c>, <c>simulated s/s</c>.</param>
/// <param name="Aim">What the design asks for, in that unit; null where it asks for nothing.</param>
/// <param name="Work">Does the work once and says how many it did.</param>
internal sealed record Row(string Name, string Unit, double? Aim, Func<double> Work)
{
    const int Repeats = 5;

    // Short work is done again and again: until its code is compiled for good, and long enough to be
    // measured.
    const double SecondsToWarmUp = 1;
    const double SecondsToMeasure = 0.2;

    /// <summary>Warms up, then measures several times, and prints the median and the range.</summary>
    public void Print()
    {
        Rate(SecondsToWarmUp);
        var rates = Enumerable.Range(0, Repeats).Select(_ => Rate(SecondsToMeasure)).Order().ToArray();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var count = Work();
        var bytesEach = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
        var aim = Aim is { } wanted ? $"{rates[Repeats / 2] / wanted,7:F2} x aim {Short(wanted)}" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-44} {Short(rates[Repeats / 2]),10} {Unit,-14} ({Short(rates[0])} … {Short(rates[^1])})"
            + $" {bytesEach,7:F0} B each {aim}"));
    }

    double Rate(double atLeastSeconds)
    {
        GC.Collect();
        // Time of the processor, not of the wall: a machine that does other things besides must not change
        // the figure.
        var (before, count) = (Spent(), 0.0);
        do
            count += Work();
        while (Spent() - before < atLeastSeconds);
        return count / (Spent() - before);
    }

    static double Spent() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    static string Short(double number) => number switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:F2} M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e3:F0} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number:F0}"),
    };
}
