using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Availability;

/// <summary>Laws of availability.</summary>
internal static class AvailabilityLaws
{
    const double YearDays = 365.25;

    static readonly LawParameter Each = Share("each", "the availability of each part");

    static readonly LawParameter Parts = Count("count", "n, parts") with { Example = 3 };

    public static IReadOnlyList<Law> All { get; } =
    [
        new("series", "Availability where all of n parts are needed", "A = a^n", "independent failures",
            [Each, Parts],
            given => Figures(Math.Pow(given["each"], given["count"])))
        {
            Curve = new("count", "availability", _ => 1, given => Math.Max(20, 2 * given["count"])),
        },
        new("parallel", "Availability where one of n parts is enough", "A = 1 - (1 - a)^n",
            "independent failures", [Each, Parts],
            given => Figures(1 - Math.Pow(1 - given["each"], given["count"]))),
        new("k-of-n", "Availability where k of n parts are needed, as of a quorum",
            "A = Σ (n over i) a^i (1 - a)^(n-i), i from k to n", "independent failures",
            [Each, Count("needed", "k, parts needed", most: 1000) with { Example = 2 },
                Parts with { Most = 1000 }],
            given => Figures(
                Combined.KOfN(given.WholeOf("count", "needed"), given.Whole("count"), given["each"])))
        {
            Curve = new("each", "availability", _ => 0.5, _ => 1),
        },
        new("nines", "How long a service of some availability is down", "down = (1 - A) t", "arithmetic",
            [Share("availability", "as 0.999")], given => Figures(given["availability"])),
    ];

    static IReadOnlyList<LawFigure> Figures(double availability) =>
    [
        new("availability", "availability", availability),
        new("nines", "nines", Combined.Nines(availability)),
        new("downMinutesMonth", "down in a month of 30 days",
            Combined.Downtime(availability, 30).TotalMinutes, "min"),
        new("downMinutesYear", "down in a year", Combined.Downtime(availability, YearDays).TotalMinutes,
            "min"),
    ];
}
