using System.Globalization;

namespace Steelyard.EmbeddedHost;

/// <summary>The words of the command line: <c>--name value</c>, each given once.</summary>
internal sealed class HostOptions
{
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>A value by its name.</summary>
    public string this[string name] => _values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException($"--{name}: expected a value, found none");

    /// <summary>Reads them.</summary>
    public static HostOptions Of(IReadOnlyList<string> words)
    {
        var options = new HostOptions();
        for (var word = 0; word + 1 < words.Count; word += 2)
            options._values.Add(words[word].TrimStart('-'), words[word + 1]);
        return options;
    }

    /// <summary>A whole number by its name.</summary>
    public int Number(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);
}
