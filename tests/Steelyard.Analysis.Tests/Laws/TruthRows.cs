using System.Globalization;

namespace Steelyard.Analysis.Tests.Laws;

/// <summary>Published values that laws must give, with their sources in the last column.</summary>
internal static class TruthRows
{
    /// <summary>The rows of a table, each by the names of its columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(string table, string folder = "Laws")
    {
        var lines =
            File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, folder, "Truths", $"{table}.tsv"));
        var names = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(line => line.Split('\t')).Select(cells =>
            names.Index().ToDictionary(name => name.Item, name =>
                cells.ElementAtOrDefault(name.Index) ?? ""))];
    }

    /// <summary>The number that a cell begins with.</summary>
    public static double Number(this string cell)
    {
        var end = 0;
        while (end < cell.Length && (char.IsAsciiDigit(cell[end]) || "+-.eE".Contains(cell[end])))
            end++;
        return double.Parse(cell[..end], CultureInfo.InvariantCulture);
    }

    /// <summary>The number after a name, as 0.7 of <c>rho=0.7 s=1</c>.</summary>
    public static double After(this string cell, string name) =>
        cell[(cell.IndexOf(name, StringComparison.Ordinal) + name.Length)..].Number();

    /// <summary>True within a relative distance; zero must be zero.</summary>
    public static bool IsNear(this double found, double expected, double relative) =>
        Math.Abs(found - expected) <= Math.Abs(expected) * relative;
}
