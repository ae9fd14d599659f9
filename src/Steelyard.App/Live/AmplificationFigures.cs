using Steelyard.Analysis.Laws;
using Steelyard.Live.Amplification;

namespace Steelyard.App.Live;

/// <summary>What stores were found to write, read and keep, as figures for machines.</summary>
internal static class AmplificationFigures
{
    static readonly (string Phase, string Name)[] s_phases =
    [
        ("load", "Load"), ("update", "Update"), ("read-cold", "ReadCold"), ("read-warm", "ReadWarm"),
        ("scan-cold", "ScanCold"), ("scan-warm", "ScanWarm"),
    ];

    /// <summary>Those of all stores, one store after the other.</summary>
    public static IReadOnlyList<LawFigure> Of(IReadOnlyList<StoreFindings> findings) =>
        [.. findings.SelectMany(Of)];

    static IEnumerable<LawFigure> Of(StoreFindings found)
    {
        var name = found.Store.Name;
        foreach (var (phase, word) in s_phases)
        {
            var writes = phase is "load" or "update";
            var about = found.Over(
                phase, part => writes ? part.WriteAmplification : part.ReadAmplification);
            var kind = writes ? "WriteAmplification" : "ReadAmplification";
            foreach (var figure in Interval($"{name}{word}{kind}", about))
                yield return figure;
            var speed = found.Over(phase, part => part.PerSecond);
            foreach (var figure in Interval($"{name}{word}PerSecond", speed))
                yield return figure;
            if (!writes)
                continue;
            yield return new(
                $"{name}{word}DirtyPerByte", "",
                found.Over(phase, part => (double)part.DirtyBytes / part.Bytes).Value);
            yield return new($"{name}{word}DevicePerByte", "", found.DeviceWrites(phase));
            foreach (var count in found.Runs[0].First(part => part.Name == phase).Own.Keys.Order(
                StringComparer.Ordinal))
                yield return new(
                    $"{name}{word}Own{char.ToUpperInvariant(count[0])}{count[1..]}", "",
                    found.Over(phase, part => part.Own[count]).Value);
        }

        foreach (var figure in Interval($"{name}SpaceAmplification", found.SpaceAmplification))
            yield return figure;
    }

    static LawFigure[] Interval(string name, Estimate estimate) =>
    [
        new(name, "", estimate.Value), new($"{name}Low", "", estimate.Low),
        new($"{name}High", "", estimate.High),
    ];
}
