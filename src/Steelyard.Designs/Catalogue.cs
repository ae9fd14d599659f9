using Steelyard.Designs.Bank;
using Steelyard.Designs.Chat;
using Steelyard.Designs.Kv;
using Steelyard.Designs.Register;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Designs;

/// <summary>The designs that come with the house.</summary>
public static class Catalogue
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<IDesign> All { get; } =
        [new BankDesign(), new ChatDesign(), new RegisterDesign(), new KvDesign()];

    /// <summary>The design of a name.</summary>
    /// <exception cref="UserMistakeException">There is none; the message lists those there are.</exception>
    public static IDesign Find(string name) =>
        All.FirstOrDefault(design => design.Name == name)
        ?? throw new UserMistakeException(
            $"expected a design ({string.Join(", ", All.Select(design => design.Name))}),"
            + $" found \"{name}\"{Meant(name)}");

    static string Meant(string name)
    {
        var closest = All.MinBy(design => Distance(name, design.Name))!.Name;
        return Distance(name, closest) <= 1 + (closest.Length / 3) ? $"; did you mean {closest}?" : "";
    }

    // Levenshtein's distance: insertions, deletions and replacements.
    static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
