using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Steelyard.Tests;

/// <summary>What we hold our own code to (the house style), read from the files themselves.</summary>
public sealed partial class TidyTests
{
    const int LongestFile = 500;
    const int LongestLine = 110;

    /// <summary>Each project, and the floors it may stand on; siblings never see each other.</summary>
    static readonly Dictionary<string, string[]> Edges = new(StringComparer.Ordinal)
    {
        ["Steelyard.Histories"] = [],
        ["Steelyard.Formats"] = ["Steelyard.Histories"],
        ["Steelyard.Recording"] = ["Steelyard.Formats"],
        ["Steelyard.Recording.AspNetCore"] = ["Steelyard.Recording"],
        ["Steelyard.Worlds"] = ["Steelyard.Histories"],
        ["Steelyard.Analysis"] = ["Steelyard.Histories"],
        ["Steelyard.Simulation"] = ["Steelyard.Worlds"],
        ["Steelyard.GarnetHost"] = [],
        ["Steelyard.EmbeddedHost"] = [],
        ["Steelyard.Live"] =
            ["Steelyard.Worlds", "Steelyard.Analysis", "Steelyard.GarnetHost", "Steelyard.EmbeddedHost"],
        ["Steelyard.Designs"] = ["Steelyard.Worlds", "Steelyard.Analysis"],
        ["Steelyard.PrivateRuntime"] = [],
        ["Steelyard.Services"] = ["Steelyard.Simulation", "Steelyard.PrivateRuntime"],
        ["Steelyard.Services.Designs"] = ["Steelyard.Services", "Steelyard.Analysis", "Steelyard.Live"],
        ["Steelyard"] =
        [
            "Steelyard.Simulation", "Steelyard.Designs", "Steelyard.Formats", "Steelyard.Recording",
            "Steelyard.Services", "Steelyard.PrivateRuntime",
        ],
        ["Steelyard.App"] =
            ["Steelyard", "Steelyard.Live", "Steelyard.Services", "Steelyard.Services.Designs"],
    };

    static IEnumerable<SourceFile> CSharp =>
        Repository.Files(".cs", "src", "analyzers", "tests", "bench", "samples");

    static IEnumerable<SourceFile> All =>
        CSharp.Concat(Repository.Files(".ts", "web/src"));

    [Fact]
    public void References_go_down_only_and_siblings_never_see_each_other()
    {
        var projects = Repository.Files(".csproj", "src").ToList();

        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project.Path);
            var references = XDocument.Parse(project.Text).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
                .Order(StringComparer.Ordinal);
            Assert.True(
                Edges.ContainsKey(name), $"{name} has no floor: add it to the test and to ARCHITECTURE.md");
            Assert.Equal(Edges[name].Order(StringComparer.Ordinal), references);
        }

        Assert.Equal(Edges.Count, projects.Count);
    }

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Offenders.None(All.Where(file => file.Lines.Count > LongestFile + 1)
            .Select(file => $"{file.Path}: {file.Lines.Count} lines"));

    [Fact]
    public void No_line_is_longer_than_110_characters() => Offenders.None(LongLines(All));

    [Theory]
    [InlineData("    // https://")]
    [InlineData("\tvar text = \"")]
    public void A_line_that_is_too_long_is_noticed_whatever_it_holds(string begin)
    {
        var fits = begin.PadRight(LongestLine, 'x');

        Assert.Equal(["a.cs:2: 111 characters"], LongLines([new("a.cs", $"{fits}\n{fits}x\n")]));
    }

    [Fact]
    public void No_line_ends_in_blanks() => Offenders.None(Lines(All)
        .Where(line => line.Text.Length > 0 && char.IsWhiteSpace(line.Text[^1]))
        .Select(line => line.Place));

    [Fact]
    public void No_region_hides_code() => Offenders.None(Lines(CSharp)
        .Where(line => line.Text.TrimStart().StartsWith("#region", StringComparison.Ordinal))
        .Select(line => line.Place));

    [Fact]
    public void No_work_is_left_for_later_without_a_reason() => Offenders.None(Lines(All)
        .Where(line => Unfinished().IsMatch(line.Text)
            && !line.Place.Contains(nameof(TidyTests), StringComparison.Ordinal))
        .Select(line => $"{line.Place}: {line.Text.Trim()}"));

    [Fact]
    public void A_warning_is_switched_off_only_with_a_sentence_above()
    {
        var lines = Lines(CSharp).ToList();
        Offenders.None(lines.Where((line, at) =>
            line.Text.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                && !(at > 0 && lines[at - 1].Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
                && !line.Text.Contains("//", StringComparison.Ordinal))
            .Select(line => line.Place));
    }

    [Fact]
    public void No_path_of_somebodys_machine_stands_in_a_file() => Offenders.None(
        Lines(All.Concat(Repository.Files(".md", ".")).Concat(Repository.Files(".csproj", "."))
                .Concat(Repository.Files(".json", "web")).Concat(Repository.Files(".props", ".")))
            .Where(line => MachinePath().IsMatch(line.Text)
                && !line.Place.Contains(nameof(TidyTests), StringComparison.Ordinal))
            .Select(line => $"{line.Place}: {line.Text.Trim()}"));

    [Fact]
    public void No_source_file_is_dead()
    {
        var files = CSharp.ToList();
        var words = files.ToDictionary(
            file => file.Path,
            file => Word().Matches(file.Text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Offenders.None(files.Where(file => !IsEntry(file) && Names(file) is { Count: > 0 } names
                && !files.Exists(other => other != file && names.Exists(words[other.Path].Contains)))
            .Select(file => $"{file.Path}: nothing refers to {string.Join(" or ", Names(file))}"));
    }

    [Fact]
    public void Test_names_are_sentences() => Offenders.None(
        Repository.Files(".cs", "tests").SelectMany(file =>
            TestMethod().Matches(file.Text).Select(match => match.Groups["name"].Value)
            .Where(name => !name.Contains('_', StringComparison.Ordinal))
            .Select(name => $"{file.Path}: {name}")));

    static IEnumerable<string> LongLines(IEnumerable<SourceFile> files) => Lines(files)
        .Where(line => line.Text.Length > LongestLine)
        .Select(line => $"{line.Place}: {line.Text.Length} characters");

    static IEnumerable<(string Place, string Text)> Lines(IEnumerable<SourceFile> files) =>
        files.SelectMany(file => file.Lines.Select((text, at) => ($"{file.Path}:{at + 1}", text)));

    static bool IsEntry(SourceFile file) =>
        file.Path.EndsWith("Program.cs", StringComparison.Ordinal)
            || file.Text.Contains("[Fact]", StringComparison.Ordinal)
        || file.Text.Contains("[Theory]", StringComparison.Ordinal) || TestMethod().IsMatch(file.Text)
            || file.Text.Contains("[module:", StringComparison.Ordinal)
        || file.Text.Contains("[assembly:", StringComparison.Ordinal)
            // The compiler refers to what stands there.
            || file.Text.Contains("namespace System.Runtime.CompilerServices;", StringComparison.Ordinal);

    /// <summary>The types a file declares, and its extension methods.</summary>
    static List<string> Names(SourceFile file) =>
    [
        // An attribute is referred to without its last word.
        .. TypeName().Matches(file.Text).Select(match => match.Groups["name"].Value)
            .Select(name => name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^9] : name),
        .. ExtensionName().Matches(file.Text).Select(match => match.Groups["name"].Value),
    ];

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", Options, Patience)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"/root/|/home/\w+/|/Users/\w+/|C:\\Users", Options, Patience)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b", Options, Patience)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(public |internal |static |sealed |abstract |partial |readonly |ref |file )*"
        + @"(class|record struct|record|struct|interface|enum) (?<name>\w+)", Options, Patience)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"static [\w<>?\[\], ]+ (?<name>\w+)(<\w+>)?\(this ", Options, Patience)]
    private static partial Regex ExtensionName();

    [GeneratedRegex(
        @"\[\w*(Fact|Theory)\b[^\n]*\]\n(\s*\[[^\n]*\n)*\s*public [\w<>]+( [\w<>]+)* (?<name>\w+)\(",
        Options, Patience)]
    private static partial Regex TestMethod();

    // In milliseconds, for machines that do much else.
    const int Patience = 60_000;

    const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;
}
