using Steelyard.Histories;
using YamlDotNet.RepresentationModel;

namespace Steelyard.Files;

/// <summary>A mapping of a YAML file. Keys that nobody asked for are mistakes: see
/// <see cref="Finish"/>.</summary>
internal sealed class YamlMap
{
    readonly YamlFile _file;
    readonly YamlMappingNode _node;
    readonly string _what;
    readonly List<string> _known = [];

    public YamlMap(YamlFile file, YamlMappingNode node, string what)
    {
        _file = file;
        _node = node;
        _what = what;
    }

    /// <summary>The keys as written, with their values, in order.</summary>
    public IEnumerable<(YamlValue Key, YamlValue Value)> Pairs =>
        _node.Children.Select(pair => (new YamlValue(_file, pair.Key, "a key"), Value(pair.Key, pair.Value)));

    /// <summary>The value of a key, or null when it is absent.</summary>
    public YamlValue? Find(string key)
    {
        _known.Add(key);
        foreach (var (name, value) in _node.Children)
            if (name is YamlScalarNode scalar && scalar.Value == key)
                return new(_file, value, key);
        return null;
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="UserMistakeException">It is absent.</exception>
    public YamlValue Need(string key) =>
        Find(key) ?? throw _file.Mistake(_node, $"expected \"{key}:\" in {_what}, found none");

    /// <summary>Refuses keys that were never asked for.</summary>
    /// <exception cref="UserMistakeException">There is such a key.</exception>
    public void Finish()
    {
        foreach (var name in _node.Children.Keys)
            if (name is not YamlScalarNode { Value: { } text }
                || !_known.Contains(text, StringComparer.Ordinal))
                throw _file.Mistake(
                    name,
                    $"expected one of {string.Join(", ", _known)} in {_what}, found \"{name}\""
                    + Suggestion.For(name.ToString(), _known));
    }

    /// <summary>Refuses all keys but some.</summary>
    /// <exception cref="UserMistakeException">There is another key.</exception>
    public void MustHaveOnly(IEnumerable<string> keys)
    {
        _known.AddRange(keys.Where(key => !_known.Contains(key, StringComparer.Ordinal)));
        Finish();
    }

    /// <summary>A complaint about the mapping as a whole.</summary>
    public UserMistakeException Mistake(string line) => _file.Mistake(_node, line);

    YamlValue Value(YamlNode key, YamlNode value) => new(_file, value, key.ToString());
}
