using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>A design that <c>run</c>, <c>hunt</c> and <c>sweep</c> have a command for.</summary>
/// <param name="Word">The command's name.</param>
/// <param name="Design">The design.</param>
/// <param name="Assembly">The user's assembly that holds it; null is one of ours.</param>
internal sealed record DesignEntry(string Word, IDesign Design, string? Assembly)
{
    /// <summary>The option that says which of an assembly's designs is meant. It is taken before the others
    /// are known, which are the design's to say.</summary>
    public const string Choice = "--design";

    /// <summary>Steelyard's own designs, and the one that the user brought, if any.</summary>
    public static IReadOnlyList<DesignEntry> Of(DesignCatalogue designs, DesignEntry? users)
    {
        var own = designs.Own.Select(design => new DesignEntry(design.Name, design, null));
        return users is null ? [.. own] : [.. own, users];
    }

    /// <summary>A real engine, whose command is its name alone.</summary>
    public static DesignEntry OfEngine(IDesign engine) => new(engine.Name.Split(' ')[^1], engine, null);

    /// <summary>Finds the user's design on a command line, <c>run My.dll --design mine …</c>, and puts its
    /// command in the place of these words: so its options stand in the help, and are read, as those of any
    /// design.</summary>
    /// <exception cref="UserMistakeException">The assembly or the design is none.</exception>
    public static (IReadOnlyList<string> Words, DesignEntry? Users) Take(
        IReadOnlyList<string> words, DesignCatalogue designs)
    {
        if (words is not ["run" or "hunt" or "sweep" or "compare", ..])
            return (words, null);
        var (others, named) = AppOptionSet.Take(words, designs);
        if (named is not null)
        {
            others.Insert(1, named.Word);
            return (others, named);
        }

        var place = words.ToList().FindIndex(1, word => IsAssembly(word) || ArchitectureFile.IsOne(word));
        if (place < 0)
            return (words, null);
        var (rest, name) = WithoutChoice([.. words]);
        var assembly = words[place];
        if (name is null)
            MustNotBeMisspelt(words, assembly, designs.Of(assembly));
        var design = designs.Find(assembly, name);
        var entry = OfAssembly(assembly, design);
        rest[rest.IndexOf(assembly)] = entry.Word;
        return (rest, entry);
    }

    /// <summary>A design of a user's assembly: its command bears the assembly's name, in help and
    /// errors.</summary>
    public static DesignEntry OfAssembly(string assembly, IDesign design) => new(
        string.Concat(Path.GetFileName(assembly).Select(c => char.IsWhiteSpace(c) ? '-' : c)), design,
        assembly);

    /// <summary>Whether a word is meant as the file of an assembly.</summary>
    public static bool IsAssembly(string word) =>
        (word.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))
        && !word.StartsWith('-');

    // Where there are several, a design that nobody named is less to the point than how it was named.
    static void MustNotBeMisspelt(
        IReadOnlyList<string> words, string assembly, IReadOnlyList<IDesign> designs)
    {
        if (designs.Count < 2)
            return;
        var own = designs.SelectMany(design => design.Options).Select(option => $"--{option.Name}").ToList();
        foreach (var word in words.Select(word => word.Split('=')[0]))
            if (word.StartsWith("--", StringComparison.Ordinal) && !own.Contains(word)
                && Suggestion.For(word, [Choice]) is { Length: > 0 } meant)
                throw new UserMistakeException($"{words[0]} {assembly} has no option {word}{meant}");
    }

    static (List<string> Others, string? Name) WithoutChoice(List<string> words)
    {
        var at = words.FindIndex(
            word => word == Choice || word.StartsWith(Choice + "=", StringComparison.Ordinal));
        if (at < 0)
            return (words, null);
        if (words[at] != Choice)
        {
            var given = words[at][(Choice.Length + 1)..];
            words.RemoveAt(at);
            return (words, given);
        }

        if (at + 1 == words.Count || words[at + 1].StartsWith('-') || IsAssembly(words[at + 1]))
            throw new UserMistakeException($"{Choice}: expected <name>, found nothing");
        var name = words[at + 1];
        words.RemoveRange(at, 2);
        return (words, name);
    }
}
