namespace Steelyard.Tests;

/// <summary>Test folders mirror those of the sources.</summary>
public sealed class MirrorTidyTests
{
    /// <summary>Folders of tests that have none of the sources beside them, each with its reason.</summary>
    static readonly Dictionary<string, string> Spanning = new(StringComparer.Ordinal)
    {
        ["Steelyard.Analysis.Tests/Transactions/Definitions"] =
            "the models of transactions by their definitions, which share nothing with the checkers",
        ["Steelyard.App.Tests/Conform"] = "one command, from its words to the services it asks",
        ["Steelyard.App.Tests/Hosts"] = "the processes in which command lines of tests are executed",
        ["Steelyard.App.Tests/Measures"] = "figures of whole runs, counted once more from their recordings",
        ["Steelyard.App.Tests/Services"] = "services on the command line, with designs made for it",
        ["Steelyard.Designs.Tests/Faults"] = "faults of the floor below, planned for every design",
        ["Steelyard.Designs.Tests/Hunts"] = "hunts in many designs",
        ["Steelyard.Designs.Tests/Runs"] = "whole runs of designs",
        ["Steelyard.Simulation.Tests/Systems"] = "small systems that other tests simulate",
        ["Steelyard.Tests/Faults"] = "a fault of a user's own, from its file to the page",
        ["Steelyard.Tests/Judging"] = "the sentences of all checkers",
        ["Steelyard.Tests/Samples"] = "the samples, as a reader copies them",
        ["Steelyard.Worlds.Tests/HandDelivery"] = "a world whose messages a test delivers by hand",
    };

    [Fact]
    public void Test_folders_mirror_those_of_the_sources()
    {
        var sources = Folders("src").ToHashSet(StringComparer.Ordinal);
        var alone = Alone(Folders("tests"), sources).ToList();

        Offenders.None(alone.Where(folder => !Spanning.ContainsKey(folder))
            .Select(folder => $"tests/{folder}: no folder of src has its name"));
        Offenders.None(Spanning.Keys.Where(folder => !alone.Contains(folder))
            .Select(folder => $"tests/{folder}: it mirrors src, or is gone, and needs no reason any more"));
    }

    [Theory]
    [InlineData("Steelyard.App.Tests/Comands")]
    [InlineData("Steelyard.App.Tests/Commands/Deeper")]
    [InlineData("Steelyard.Nothing.Tests")]
    public void A_folder_that_mirrors_nothing_is_noticed(string folder) => Assert.Equal(
        [folder],
        Alone(
            [folder, "Steelyard.App.Tests", "Steelyard.App.Tests/Commands"],
            new HashSet<string>(["Steelyard.App", "Steelyard.App/Commands"], StringComparer.Ordinal)));

    static IEnumerable<string> Alone(IEnumerable<string> tests, IReadOnlySet<string> sources) =>
        tests.Where(folder => !sources.Contains(Mirrored(folder)));

    // Steelyard.App.Tests/Commands tests Steelyard.App/Commands.
    static string Mirrored(string folder)
    {
        var parts = folder.Split('/');
        return string.Join('/', [parts[0][..^".Tests".Length], .. parts[1..]]);
    }

    // Those with files in them or below them.
    static IEnumerable<string> Folders(string root) => Repository.Files(".cs", root)
        .SelectMany(file => Above(file.Path[(root.Length + 1)..]))
        .Distinct(StringComparer.Ordinal);

    static IEnumerable<string> Above(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }
}
