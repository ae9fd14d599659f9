using System.Globalization;

namespace Steelyard.SideBySide;

/// <summary>One definition, run in several worlds under one fault plan and seed.</summary>
/// <param name="Design">Its name.</param>
/// <param name="Load">Who asked how much for how long, in words.</param>
/// <param name="Columns">The runs, the simulated ones first.</param>
/// <param name="Unlike">What is not the same in them from the outset, a sentence each.</param>
/// <param name="Repeat">The command that does it again.</param>
internal sealed record WorldComparison(
    string Design, string Load, IReadOnlyList<WorldColumn> Columns, IReadOnlyList<string> Unlike,
    string Repeat)
{
    /// <summary>The promises, in the order of the definition.</summary>
    public IEnumerable<string> Promises =>
        Columns.SelectMany(column => column.Result.Scenario.Promises.Expectations)
            .Select(promise => promise.Name).Distinct();

    /// <summary>What was measured of each.</summary>
    public IReadOnlyList<WorldFigure> Figures => WorldFigure.All;

    /// <summary>What broke, a line each; what broke in several runs at about the same time stands
    /// once.</summary>
    public IEnumerable<string> Faults => Columns.SelectMany(Broke).Distinct();

    static IEnumerable<string> Broke(WorldColumn column)
    {
        const int most = 4;
        var faults = column.Result.Measures.Faults;
        if (faults.Count == 0)
            return ["nothing"];
        var told = faults.Take(most).Select(fault => string.Create(
            CultureInfo.InvariantCulture,
            $"{fault.StartNs / 1e9:0} s to {fault.EndNs / 1e9:0} s: {fault.Description}"));
        return faults.Count > most ? [.. told, $"and {faults.Count - most} more"] : told;
    }

    /// <summary>Where live differs from simulated, a sentence each.</summary>
    public IReadOnlyList<string> Differences =>
        [.. Columns.Where(column => column.Twin is not null).SelectMany(WorldDifferences.Of)];
}
