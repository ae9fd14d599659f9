using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>What an instance of a kind is and costs.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Cores">Its virtual cores, above 0.</param>
/// <param name="MemoryGiB">Its memory, above 0.</param>
/// <param name="PricePerHour">What it costs in an hour, at least 0.</param>
/// <param name="Currency">Of the price.</param>
/// <param name="Source">Where the price is from.</param>
/// <param name="AsOf">When it was so.</param>
public sealed record InstancePrice(
    string Name, double Cores, double MemoryGiB, double PricePerHour, string Currency, string Source,
    string AsOf);

/// <summary>What instances cost: data, of which one table comes along and others can be read.</summary>
/// <param name="Instances">All kinds, in the order of the table.</param>
public sealed record PriceTable(IReadOnlyList<InstancePrice> Instances)
{
    const string Header = "name,cores,memoryGiB,pricePerHour,currency,source,asOf";

    /// <summary>The table that comes along: a neutral shape in four sizes, and list prices of one family of
    /// Amazon and one of Azure.</summary>
    public static PriceTable Usual { get; } = Parse(ReadUsual(), "prices.csv");

    /// <summary>Reads a table.</summary>
    /// <param name="text">CSV with a first line of names.</param>
    /// <param name="place">The file's name, for messages.</param>
    /// <exception cref="UserMistakeException">A line is none; the message names it.</exception>
    public static PriceTable Parse(string text, string place)
    {
        var lines = text.Split('\n').Index()
            .Select(line => (Number: line.Index + 1, Text: line.Item.Trim()))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header)
            throw new UserMistakeException($"{place}:{(lines.Count == 0 ? 1 : lines[0].Number)}: expected"
                + $" {Header}, found {(lines.Count == 0 ? "nothing" : $"\"{lines[0].Text}\"")}");
        return lines.Count > 1
            ? new([.. lines.Skip(1).Select(line => Row(line.Text, $"{place}:{line.Number}"))])
            : throw new UserMistakeException(
                $"{place}: expected a line for each kind of instance, found none");
    }

    /// <summary>The instance of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public InstancePrice Named(string name) =>
        Instances.FirstOrDefault(one => one.Name == name) ?? throw new UserMistakeException(
            $"--instance: expected {string.Join(", ", Instances.Select(one => one.Name))}, found \"{name}\""
                + Suggestion.For(name, [.. Instances.Select(one => one.Name)]));

    static InstancePrice Row(string text, string place)
    {
        var cells = text.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length != Header.Split(',').Length || cells[0].Length == 0)
            throw new UserMistakeException($"{place}: expected {Header}, found \"{text}\"");
        var (cores, memory) = (Number(cells[1], "cores", place), Number(cells[2], "memory", place));
        var price = Number(cells[3], "a price", place);
        return cores > 0 && memory > 0
            ? new(cells[0], cores, memory, price, cells[4], cells[5], cells[6])
            : throw new UserMistakeException($"{place}: expected cores and memory above 0, found \"{text}\"");
    }

    static double Number(string cell, string what, string place) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= 0
            ? number
            : throw new UserMistakeException($"{place}: expected {what} of at least 0, found \"{cell}\"");

    static string ReadUsual()
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
