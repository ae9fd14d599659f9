using System.Text.Json;

namespace Steelyard.App.Tests.Conform;

/// <summary>The suite on a user's own scenario, which is asked as its load asks.</summary>
public sealed class AppConformTests : IDisposable
{
    static readonly string App = typeof(Tolls).Assembly.Location;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    // One sign for each case: passed, Failed, skipped. Without a key, with another payload and at once the
    // two answer alike, as nothing but money makes this service wrong.
    [Theory]
    [InlineData("Tolls", "F..sFFs.sss.F.s.......ss.s.", 0)]
    [InlineData("TollsWithoutKeys", "F.FsFFsFsss.F.s.F.FFF.ss.sF", 1)]
    public void It_is_held_to_every_case_and_killed_at_every_moment(
        string scenario, string signs, int code)
    {
        var conform = _steelyard.Run(
            "conform", "idempotency", "--app", App, "--scenario", scenario, "--must-only", "--json");

        Assert.True(conform.Output.Length > 0, conform.Error);
        using var json = JsonDocument.Parse(conform.Output);
        var cases = json.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(signs, string.Concat(cases.Select(Sign)));
        Assert.Equal(code, conform.Code);
        Assert.Equal(
            code == 0 ? "none charged more than once" : "crashes charged more than once",
            cases[16].GetProperty("explanation").GetString()!.Split(';')[0][^(code == 0 ? 27 : 30)..]);
    }

    [Theory]
    [InlineData("--scenario Greetings", "expected Drive(Drive.Http(…)), which says how a request is made")]
    [InlineData("--scenario Tols", "found \"Tols\"; did you mean \"Tolls\"?")]
    [InlineData("--scenario Tolls --sample payments", "expected neither --sample, --variant nor --url")]
    public void What_cannot_be_asked_so_is_one_line_and_exit_code_2(string words, string said)
    {
        var conform = _steelyard.Run(["conform", "idempotency", "--app", App, .. words.Split(' ')]);

        Assert.Equal(2, conform.Code);
        Assert.Contains(said, conform.Error, StringComparison.Ordinal);
        Assert.Single(conform.Error.TrimEnd('\n').Split('\n'));
    }

    static char Sign(JsonElement one) => one.GetProperty("outcome").GetString() switch
    {
        "pass" => '.',
        "fail" => 'F',
        _ => 's',
    };
}
