using System.Collections.Frozen;
using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>A path in which some parts have names: <c>/registers/{key}</c>.</summary>
internal sealed class PathTemplate
{
    static readonly IReadOnlyDictionary<string, string> s_none = FrozenDictionary<string, string>.Empty;

    readonly string[] _parts;

    PathTemplate(string[] parts) => _parts = parts;

    public static PathTemplate Parse(string template)
    {
        var parts = template.Split('/');
        if (parts.Length < 2 || parts[0].Length > 0 || !parts.All(IsPart))
            throw new UserMistakeException(
                $"expected a path whose parts are words or names in braces, such as /registers/{{key}}, found"
                + $" {template}");
        return new(parts);
    }

    /// <summary>What stands for the names; null when the path is another one.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        var parts = path.Split('/');
        if (parts.Length != _parts.Length)
            return null;
        Dictionary<string, string>? variables = null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (IsName(_parts[i]) && parts[i].Length > 0)
                (variables ??= new(StringComparer.Ordinal))[_parts[i][1..^1]] =
                    Uri.UnescapeDataString(parts[i]);
            else if (!parts[i].Equals(_parts[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return variables ?? s_none;
    }

    static bool IsName(string part) => part.StartsWith('{');

    static bool IsPart(string part) => IsName(part)
        ? part.Length > 2 && part.EndsWith('}') && part.AsSpan(1, part.Length - 2).IndexOfAny("{}*:?=") < 0
        : !part.AsSpan().ContainsAny('{', '}');
}
