using Steelyard.Histories;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Steelyard.Files;

/// <summary>A YAML file with a <c>kind:</c>; every complaint about it names file, line and column.</summary>
internal sealed class YamlFile
{
    readonly string _name;

    YamlFile(string name, YamlMappingNode root)
    {
        _name = name;
        Root = new(this, root, "the file");
    }

    /// <summary>The whole document.</summary>
    public YamlMap Root { get; }

    /// <summary>Reads a file of one of some kinds.</summary>
    /// <exception cref="UserMistakeException">It is missing, is no YAML, or is of another kind.</exception>
    public static YamlFile Read(string path, params IReadOnlyList<string> kinds) =>
        Parse(InputFile.Read(path), path, kinds);

    /// <summary>Reads a text of one of some kinds.</summary>
    /// <exception cref="UserMistakeException">It is no YAML, or is of another kind.</exception>
    public static YamlFile Parse(string text, string name, params IReadOnlyList<string> kinds)
    {
        var stream = Load(text, name);
        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
            throw new UserMistakeException(
                $"{name}:1:1: expected \"kind: {string.Join(" | ", kinds)}\" at the top of the file");
        var file = new YamlFile(name, root);
        file.Root.Need("kind").OneOf(kinds);
        return file;
    }

    /// <summary>A complaint about a place in the file.</summary>
    public UserMistakeException Mistake(YamlNode node, string line) =>
        new($"{_name}:{node.Start.Line}:{node.Start.Column}: {line}");

    static YamlStream Load(string text, string name)
    {
        var stream = new YamlStream();
        var events = new YamlEvents(text);
        try
        {
            stream.Load(events);
            return stream;
        }
        catch (YamlException problem)
        {
            throw NoYaml(name, problem.Start, problem.Message, problem);
        }
        catch (UserMistakeException problem)
        {
            throw NoYaml(name, events.End, problem.Message, problem);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // The library gives up on some texts with whatever its own code runs into.
            throw NoYaml(name, events.End, "nothing that goes on from there", problem);
        }
    }

    static UserMistakeException NoYaml(string name, Mark at, string found, Exception problem) =>
        new($"{name}:{at.Line}:{at.Column}: expected YAML, found: {found}", problem);
}
