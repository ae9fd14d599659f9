using Steelyard.Histories;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Steelyard.Files;

/// <summary>The events of a YAML text; remembers how far it came, and goes no deeper than anybody
/// writes.</summary>
internal sealed class YamlEvents(string text) : IParser
{
    // The library reads by calling itself, so a text of brackets could end our stack.
    const int DeepestNesting = 64;

    readonly Parser _parser = new(new StringReader(text));
    int _depth;

    /// <inheritdoc/>
    public ParsingEvent? Current => _parser.Current;

    /// <summary>Where the last event ends that was read.</summary>
    public Mark End { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!_parser.MoveNext())
            return false;
        if (_parser.Current is { } current)
        {
            End = current.End;
            _depth += current.NestingIncrease;
        }

        return _depth <= DeepestNesting
            ? true
            : throw new UserMistakeException($"expected at most {DeepestNesting} levels, found more");
    }
}
