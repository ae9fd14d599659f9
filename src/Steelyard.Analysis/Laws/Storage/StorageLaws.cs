using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Storage;

/// <summary>Laws of what stores write.</summary>
internal static class StorageLaws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("lsm", "Bytes written for each byte of the user: leveled and tiered LSM trees",
            "leveled n·T^(1/n), least at n = ln T; tiered n", "O'Neil et al. 1996; Callaghan 2018",
            [Count("levels", "n, levels below memory", most: 100) with { Example = 4 },
                new("growth", "T, data over the first level", 1, double.PositiveInfinity) { Example = 1024 }],
            given =>
            [
                new("leveledWriteAmplification", "leveled", Amplification.LeveledWrites(
                    given.Whole("levels"), given["growth"])),
                new("tieredWriteAmplification", "tiered", Amplification.TieredWrites(given.Whole("levels"))),
                new("fanOut", "how much larger each level is", Math.Pow(
                    given["growth"], 1 / given["levels"])),
                new("bestLevels", "levels that write least", Math.Max(1, Math.Log(given["growth"]))),
            ])
        {
            Curve = new("levels", "leveledWriteAmplification", _ => 1,
                given => Math.Max(10, 2 * given["levels"])),
        },
        new("b-tree", "Bytes written for each byte changed where pages are written whole",
            "page/change, at most", "each change writes its page",
            [Above0("page", "bytes of a page", 16_384),
                Above0("change", "bytes that a change changes") with { Example = 128 }],
            given => [new("writeAmplification", "bytes written for each byte changed",
                Amplification.BTreeWrites(given["page"], given["change"]))]),
    ];
}
