using System.Text.RegularExpressions;

namespace Steelyard.App.Tests.Commands;

/// <summary>Logs of one's own, judged through the command line: a wrong one, and its right twin.</summary>
public sealed partial class CheckRowsTests : IDisposable
{
    const string Right =
        """
        client,ts_start,ts_end,op,k,arg,res,status
        c1,1.000,2.000,PUT,x,1,,200
        c2,1.500,2.500,GET,x,,1,200
        c1,3.000,4.000,PUT,x,2,,409
        c3,5.000,,PUT,x,7,,timeout
        c2,7.000,8.000,GET,x,,7,200
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Theory]
    [InlineData("c2,7.000,8.000,GET,x,,7,200", 0)]
    [InlineData("c2,7.000,8.000,GET,x,,2,200", 1)]
    [InlineData("c2,4.500,4.900,GET,x,,7,200", 1)]
    [InlineData("c2,4.500,5.000,GET,x,,7,200", 0)]
    public void What_is_proposed_is_run_and_tells_right_from_wrong(string last, int code)
    {
        var text = string.Join('\n', [.. Right.Split('\n')[..^1], last]);
        foreach (var (name, separated) in new[] { ("ops.csv", text), ("ops.tsv", text.Replace(',', '\t')) })
        {
            _steelyard.Write(name, separated);
            var proposed = _steelyard.Run("check", name);
            Assert.Equal(2, proposed.Code);

            var words = Words().Matches(proposed.Error.Split("steelyard ")[^1].TrimEnd())
                .Select(word => word.Value.Trim('\'').Replace("info=timeout", "fail=409,"
                    + "info=timeout", StringComparison.Ordinal));
            var judged = _steelyard.Run([.. words]);

            Assert.True(judged.Code == code, judged.Output + judged.Error);
        }
    }

    [Fact]
    public void The_page_says_how_to_judge_again_with_the_same_map()
    {
        _steelyard.Write("ops.jsonl", "{\"a\":1,\"b\":2,\"v\":1}\n{\"a\":3,\"b\":4,\"r\":1}\n");

        var run = _steelyard.Run(
            "check", "ops.jsonl", "--model", "register", "--map", "start=a,end=b,input=v,output=r",
            "--time-unit", "ms", "--report", "page.html");

        Assert.Equal(0, run.Code);
        Assert.Contains(
            "--time-unit ms", File.ReadAllText(Path.Combine(_steelyard.Folder, "page.html")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--outcome", "ok=1", "--outcome: expected with --map, found without")]
    [InlineData("--map", "start=a", "--map: expected start, and end or duration")]
    public void Words_of_a_map_that_do_not_fit_are_refused(string option, string value, string mistake)
    {
        var run = _steelyard.Run("check", "absent.csv", "--model", "register", option, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(mistake, run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("'[^']*'|\\S+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Words();
}
