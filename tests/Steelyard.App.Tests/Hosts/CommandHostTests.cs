namespace Steelyard.App.Tests.Hosts;

/// <summary>A host says what a process of its own says: output, complaints, files and exit code.</summary>
public sealed class CommandHostTests
{
    [Theory]
    [InlineData("")]
    [InlineData("list")]
    [InlineData("run bnak")]
    [InlineData("run payments --duration 2s --out out")]
    [InlineData("run register --replication quorum --r 1 --w 1 --duration 2s --out out --json")]
    public void It_says_what_a_process_of_its_own_says(string line)
    {
        using var hosted = new SteelyardProcess();
        using var alone = new SteelyardProcess();
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var here = hosted.Run(words);
        var there = alone.RunAlone(words);

        Assert.Equal(there, here);
        Assert.Equal(Files(alone), Files(hosted));
    }

    static SortedDictionary<string, string> Files(SteelyardProcess from) => new(
        Directory.GetFiles(from.Folder, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(from.Folder, path), File.ReadAllText, StringComparer.Ordinal),
        StringComparer.Ordinal);
}
