namespace Steelyard.Files;

/// <summary>The names of YAML files among other words.</summary>
internal static class YamlFiles
{
    /// <summary>Whether a word is meant as the name of one: by its ending, or because there is such a
    /// file.</summary>
    public static bool IsMeant(string word) => IsNamed(word) || File.Exists(word);

    /// <summary>Whether a word ends as the name of one.</summary>
    public static bool IsNamed(string word) =>
        word.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
