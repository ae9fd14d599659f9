using System.Text.RegularExpressions;
using Steelyard.Analysis.Naming;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>docs/anomalies.md: every anomaly has its section, every history there shows it and no other, and
/// the models ruled out are those of the code. After a change of these that is meant, run the tests once with
/// <c>STEELYARD_ACCEPT=1</c> and read the difference before it is committed.</summary>
public partial class AnomaliesPageTests
{
    const string Section = "\n### ";
    const string Rules = "\n\nRules out ";

    // They stand in the lattice so that what is found implies them: G1, and cycles through predicates, of
    // which only the phantoms of two inserts are found.
    static readonly string[] Families = ["G1", "G-single", "G-nonadjacent", "G2-process", "G2-realtime"];

    public static TheoryData<string> Names => [.. AnomalyWords.All.Select(words => words.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_history_shows_its_anomaly_and_no_other_than_its_mark_says(string name)
    {
        foreach (var example in AnomalyWords.Of(name)!.Examples)
        {
            var judged = new JudgedExample(example);
            var verdicts = judged.Verdicts();

            var found = verdicts.SelectMany(verdict => verdict.Anomalies).Select(one => one.Type).Distinct();
            Assert.True(
                verdicts.Any(verdict => verdict.Validity == Validity.Invalid)
                    && found.ToHashSet(StringComparer.Ordinal).SetEquals([name, .. judged.With]),
                $"{name} as {example.Mark}: found {string.Join(", ", found)}\n{example.Text}\n"
                    + string.Join('\n', verdicts.Select(verdict => verdict.Summary)));
        }
    }

    [Fact]
    public void The_models_ruled_out_are_those_of_the_code()
    {
        var path = Path.Combine(Repository.Root, "docs", "anomalies.md");
        var right = string.Join(Section, File.ReadAllText(path).Split(Section).Select(WithRules));
        if (Environment.GetEnvironmentVariable("STEELYARD_ACCEPT") == "1")
            File.WriteAllText(path, right);

        Assert.Equal(File.ReadAllText(path), right);
    }

    [Fact]
    public void Every_anomaly_that_the_code_can_name_has_its_section()
    {
        var named = Repository.Files(".cs", "src/Steelyard.Analysis")
            .SelectMany(file => NamedInCode().Matches(file.Text).Select(match => match.Groups["name"].Value))
            .Distinct().ToList();
        var inLattice = ConsistencyLattice.AnomalyNames.Where(name => !IsFamily(name));

        Assert.True(named.Count > 40, string.Join(' ', named));
        var missing = named.Concat(inLattice).Where(name => AnomalyWords.Of(name) is null);
        Assert.Equal("", string.Join(' ', missing));
    }

    [Fact]
    public void The_page_names_no_family_as_if_it_were_found() =>
        Assert.DoesNotContain(AnomalyWords.All, words => IsFamily(words.Name));

    [Fact]
    public void Plain_names_and_sentences_read_as_such() => Assert.All(AnomalyWords.All, words =>
    {
        Assert.EndsWith(".", words.Sentence, StringComparison.Ordinal);
        Assert.True(char.IsUpper(words.Sentence[0]) && !char.IsUpper(words.PlainName[0]), words.Name);
    });

    static bool IsFamily(string name) => Families.Any(family => name == family
        || (family != "G2-process" && name.StartsWith(family, StringComparison.Ordinal)
            && name[family.Length..] is "-process" or "-realtime"));

    static string WithRules(string section)
    {
        if (AnomalyWords.Of(section.Split('\n')[0]) is not { } words)
            return section;
        var told = RuledOut(words);
        var old = section.IndexOf(Rules, StringComparison.Ordinal);
        var without = old < 0 ? section
            : section.Remove(old, section.IndexOf('\n', old + Rules.Length) - old);
        if (told.Count == 0)
            return without;
        var sentence = without.IndexOf("**", StringComparison.Ordinal);
        return without.Insert(
            without.IndexOf("\n\n", sentence, StringComparison.Ordinal),
            $"{Rules}{string.Join(", ", told.Select(model => $"`{model}`"))}.");
    }

    static IReadOnlyList<string> RuledOut(AnomalyWords words)
    {
        if (ConsistencyLattice.AnomalyNames.Contains(words.Name))
            return ConsistencyLattice.Weakest(ConsistencyLattice.RuledOut(words.Name));
        var verdicts = words.Examples.Take(1).SelectMany(example => new JudgedExample(example).Verdicts());
        return ConsistencyLattice.Weakest([.. verdicts.SelectMany(verdict => verdict.NotModels).Distinct()]);
    }

    // Whatever stands first where an anomaly is made or added.
    [GeneratedRegex(
        @"(indings\.Add\(|new Anomaly\(|(=>|return) new\(|=>\s+\(|\? ""[a-z]+-[a-z-]+"" : (?=""[a-z]+-))"
            + @"\s*""(?<name>[A-Za-z0-9-]+)"",(?!\s*[0-9])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NamedInCode();
}
