namespace Steelyard.App.Tests.Terminals;

/// <summary>Where nothing can be written, nobody is told that all went well.</summary>
public sealed class OutputTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public static TheoryData<string> Commands =>
    [
        "list", "--help", "--version", "", "run register --faults all", "check one.jsonl --model register",
        "check one.jsonl --model register --json", "hunt register --seeds 1..2", "doctor",
    ];

    static bool HasFullDevice => File.Exists("/dev/full");

    public void Dispose() => _steelyard.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_full_disk_behind_the_output_is_told_in_one_line_and_ends_with_four(string command)
    {
        if (!HasFullDevice)
            return;
        WriteOne();

        var run = _steelyard.RunInShell($"steelyard {command} > /dev/full");

        Assert.Equal(4, run.Code);
        Assert.StartsWith("steelyard: expected to write the output, found: ", run.Error.Split('\n')[^2],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_behind_the_complaints_leaves_them_their_code()
    {
        if (!HasFullDevice)
            return;
        WriteOne();

        Assert.Equal(2, _steelyard.RunInShell("steelyard check absent --model set 2> /dev/full").Code);
        Assert.Equal(
            0, _steelyard.RunInShell("steelyard check one.jsonl --model register 2> /dev/full").Code);
        Assert.Equal(
            4, _steelyard.RunInShell(
                "steelyard check one.jsonl --model register --report a.html 2> /dev/full").Code);
    }

    [Fact]
    public void Whoever_stops_reading_is_not_complained_to()
    {
        WriteOne();
        var files = string.Join(' ', Enumerable.Repeat("one.jsonl", 400));

        var run = _steelyard.RunInShell(
            $"{{ steelyard check {files} --model register; echo $? > code; }} | head -n 1");

        Assert.Equal("", run.Error);
        Assert.StartsWith("one.jsonl: 1 operation (", run.Output, StringComparison.Ordinal);
        Assert.Equal("0", File.ReadAllText(Path.Combine(_steelyard.Folder, "code")).Trim());
    }

    [Fact]
    public void A_closed_output_is_no_success() =>
        Assert.Equal(4, _steelyard.RunInShell("steelyard list >&-").Code);

    [Fact]
    public void A_run_that_cannot_be_written_leaves_the_earlier_one_whole()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Assert.Equal(0, _steelyard.Run("run", "register", "--out", "kept").Code);
        var before = Contents("kept");

        // Files may grow to ten thousand bytes only, and whoever tries more is told so and not killed.
        var run = _steelyard.RunInShell(
            "trap '' XFSZ; ulimit -f 20; export DOTNET_EnableWriteXorExecute=0;"
            + " steelyard run register --seed 2 --out kept");

        Assert.Equal(4, run.Code);
        Assert.Contains("expected to write kept", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(before, Contents("kept"));
    }

    [Fact]
    public void A_run_takes_the_place_of_an_earlier_one_and_leaves_nothing_else()
    {
        _steelyard.Run("run", "register", "--out", "kept");
        var before = Contents("kept");

        _steelyard.Run("run", "register", "--seed", "2", "--out", "kept");

        var after = Contents("kept");
        Assert.Equal(before.Keys, after.Keys);
        Assert.NotEqual(before["history.jsonl"], after["history.jsonl"]);
        Assert.Equal(0, _steelyard.Run("replay", "kept").Code);
    }

    [Fact]
    public void A_page_that_cannot_be_written_ends_with_four()
    {
        if (!OperatingSystem.IsLinux())
            return;
        WriteOne();

        var run = _steelyard.Run("check", "one.jsonl", "--model", "register", "--report", "/proc/a.html");

        Assert.Equal(4, run.Code);
        Assert.Contains("/proc", run.Error, StringComparison.Ordinal);
    }

    SortedDictionary<string, string> Contents(string folder) => new(
        Directory.GetFileSystemEntries(Path.Combine(_steelyard.Folder, folder))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText, StringComparer.Ordinal),
        StringComparer.Ordinal);

    void WriteOne() => _steelyard.Write(
        "one.jsonl",
        "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n"
        + "{\"process\":0,\"type\":\"ok\",\"f\":\"read\",\"value\":null}\n");
}
