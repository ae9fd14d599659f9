using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using YamlDotNet.RepresentationModel;

namespace Steelyard.Files;

/// <summary>A value of a YAML file, and what it is the value of.</summary>
internal sealed class YamlValue(YamlFile file, YamlNode node, string what) : IPlanValue
{
    /// <summary>True when it is a list.</summary>
    public bool IsList => node is YamlSequenceNode;

    /// <summary>True when it is a single value.</summary>
    public bool IsScalar => node is YamlScalarNode;

    /// <summary>The scalar as text.</summary>
    public string Text => node is YamlScalarNode { Value: { } text }
        ? text
        : throw Mistake("a single value", node is YamlSequenceNode ? "a list" : "a mapping");

    /// <summary>The mapping.</summary>
    public YamlMap Map => node is YamlMappingNode map
        ? new(file, map, what)
        : throw Mistake("a mapping", Found);

    /// <summary>The elements of the list.</summary>
    public IReadOnlyList<YamlValue> List => node is YamlSequenceNode list
        ? [.. list.Children.Select(child => new YamlValue(file, child, what))]
        : throw Mistake("a list", Found);

    IReadOnlyList<IPlanValue> IPlanValue.Items => List;

    /// <summary>The texts of the list.</summary>
    public IReadOnlyList<string> Texts => [.. List.Select(element => element.Text)];

    /// <summary>A duration.</summary>
    public TimeSpan Duration => Durations.TryParse(Text, out var duration)
        ? duration
        : throw Mistake("a duration such as 250ms, 5s or 2m", Found);

    /// <summary>True or false.</summary>
    public bool Flag => Text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Mistake("true or false", Found),
    };

    /// <summary>A duration of at least zero.</summary>
    public TimeSpan DurationFromZero =>
        Duration is var duration && duration >= TimeSpan.Zero ? duration
            : throw Mistake("a duration from 0s up", Found);

    /// <summary>A share in [0, 1].</summary>
    public double Share =>
        Real is var share and >= 0 and <= 1 ? share : throw Mistake("a share from 0 to 1", Found);

    /// <summary>A number.</summary>
    public double Real =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real)
            ? real
            : throw Mistake("a number", Found);

    /// <summary>A number above zero.</summary>
    public double RealAboveZero => Real is var real and > 0 ? real : throw Mistake("a number above 0", Found);

    /// <summary>A whole number.</summary>
    public int Integer =>
        int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Mistake("a whole number", Found);

    /// <summary>A whole number of at least 1.</summary>
    public int Count =>
        Integer is var count and >= 1 ? count : throw Mistake("a whole number of at least 1", Found);

    /// <summary>A whole number of at least 1 and at most <paramref name="most"/>.</summary>
    public int CountUpTo(int most) =>
        Count is var count && count <= most ? count
            : throw Mistake($"a whole number of at most {most:N0}", Found);

    /// <summary>A whole number of at least 1, however large.</summary>
    public long LongCount =>
        long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
        ? count
        : throw Mistake("a whole number of at least 1", Found);

    string Found =>
        node is YamlScalarNode ? $"\"{node}\"" : node is YamlSequenceNode ? "a list" : "a mapping";

    /// <summary>One of some words.</summary>
    public string OneOf(IReadOnlyList<string> words) => words.Contains(Text, StringComparer.Ordinal)
        ? Text
        : throw Mistake(
            words.Count == 1 ? $"\"{words[0]}\"" : $"one of {string.Join(", ", words)}",
            Found + Suggestion.For(Text, words));

    /// <summary>A complaint: what was expected here, and what was found.</summary>
    public UserMistakeException Mistake(string expected, string found) =>
        file.Mistake(node, $"{what}: expected {expected}, found {found}");

    /// <summary>A complaint in words of somebody else, with this place.</summary>
    public UserMistakeException Wrong(string mistake) => file.Mistake(node, $"{Text}: {mistake}");

    /// <summary>Does something that may find the value wrong, and says where it stands.</summary>
    public T At<T>(Func<string, T> read)
    {
        try
        {
            return read(Text);
        }
        catch (UserMistakeException mistake)
        {
            throw file.Mistake(node, mistake.Message);
        }
    }
}
