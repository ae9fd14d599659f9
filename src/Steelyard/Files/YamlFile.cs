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
    public static YamlFile Read(string path, params IReadOnlyList<string> kinds)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, kinds);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"expected a file that can be read, found {path}: {Why(problem)}", problem);
        }
    }

    /// <summary>Reads a text of one of some kinds.</summary>
    /// <exception cref="UserMistakeException">It is no YAML, or is of another kind.</exception>
    public static YamlFile Parse(string text, string name, params IReadOnlyList<string> kinds)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException problem)
        {
            throw new UserMistakeException(
                $"{name}:{problem.Start.Line}:{problem.Start.Column}: expected YAML, found: "
                    + $"{OneLine(problem.Message)}",
                problem);
        }

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

    static string Why(Exception problem) => problem is FileNotFoundException or DirectoryNotFoundException
        ? "there is no such file"
        : problem.Message;

    static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
