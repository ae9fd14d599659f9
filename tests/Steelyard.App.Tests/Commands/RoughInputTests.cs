using System.Diagnostics;

namespace Steelyard.App.Tests.Commands;

/// <summary>Inputs that once ended as bugs of ours: each is a mistake of its file, told with its
/// place.</summary>
public sealed class RoughInputTests : IDisposable
{
    static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases");

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Theory]
    [InlineData(
        "check {0} --model cas-register", "min-cas-nil2.edn", "line 1: operation 0: expected cas [from, to]")]
    [InlineData(
        "check {0} --model multi-register", "min-multi-nil.edn",
        "line 1: operation 0: expected txn a list")]
    [InlineData("run register --faults {0}", "unclosed-bracket.yaml", ":5:12: expected YAML")]
    public void A_file_of_another_shape_is_a_mistake_with_its_place(
        string command, string file, string told) =>
        Refused(_steelyard.Run(string.Format(null, command, Path.Combine(Cases, file)).Split(' ')), told);

    [Fact]
    public void A_history_may_come_by_standard_input_and_is_told_as_such()
    {
        var (file, lines) = (Path.Combine(Cases, "min-cas-nil2.edn"), "'0 invoke read\\n0 ok read\\n'");

        Assert.Equal(0, _steelyard.RunInShell($"printf {lines} | steelyard check - --model register").Code);
        Refused(
            _steelyard.RunInShell($"steelyard check - --model cas-register < '{file}'"),
            "stdin line 1: operation 0");
    }

    [Theory]
    [InlineData("check folder-of-none --model register", "expected files ending in")]
    [InlineData("run folder-of-none", "")]
    [InlineData("run register --faults folder-of-none.yaml", "it is a folder, not a file")]
    [InlineData("run folder-of-none.yaml", "it is a folder, not a file")]
    [InlineData("check empty.edn --model register", "holds no event")]
    [InlineData("run empty.yaml", "empty.yaml:1:1: expected")]
    [InlineData("run binary.yaml", "it is no text in UTF-8")]
    [InlineData("run register --nodes 2000000000", "--nodes: expected")]
    [InlineData("run register --rate 1e300", "--rate: expected")]
    [InlineData("run register --clients 999999999", "--clients: expected")]
    [InlineData("run register --duration 99999999h", "--duration: expected")]
    [InlineData("hunt register --seeds 1..99999999999", "--seeds: expected at most")]
    [InlineData("replay empty.edn", "expected the folder of a run")]
    public void What_cannot_be_meant_is_refused_in_one_line(string command, string told)
    {
        Directory.CreateDirectory(Path.Combine(_steelyard.Folder, "folder-of-none"));
        Directory.CreateDirectory(Path.Combine(_steelyard.Folder, "folder-of-none.yaml"));
        _steelyard.Write("empty.edn", "");
        _steelyard.Write("empty.yaml", "");
        File.WriteAllBytes(Path.Combine(_steelyard.Folder, "binary.yaml"), [0xFF, 0xFE, 0x80]);

        Refused(_steelyard.Run(command.Split(' ')), told);
    }

    [Fact]
    public void A_device_without_end_is_refused_in_one_line()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Refused(_steelyard.Run("run", "register", "--faults", "/dev/zero"), "more than 16 MB");
    }

    [Fact]
    public async Task A_pipe_to_which_nobody_writes_is_not_waited_for_without_a_word()
    {
        if (OperatingSystem.IsWindows())
            return;
        SteelyardProcess.RunProgram(_steelyard.Folder, "mkfifo", "silent.yaml");
        SteelyardProcess.RunProgram(_steelyard.Folder, "mkfifo", "silent.edn");

        var run = Task.Run(() => _steelyard.RunAlone("run", "silent.yaml"));
        var watch = Stopwatch.StartNew();
        var check = _steelyard.RunAndInterrupt(
            () => watch.Elapsed > TimeSpan.FromSeconds(8), "check", "silent.edn", "--model", "register");

        Assert.Equal(130, check.Code);
        Assert.Contains("silent.edn: still waiting for its bytes", check.Error, StringComparison.Ordinal);
        Refused(await run, "nothing that ended within 10 s");
    }

    static void Refused(ProcessOutcome run, string told)
    {
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Output);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("steelyard: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
