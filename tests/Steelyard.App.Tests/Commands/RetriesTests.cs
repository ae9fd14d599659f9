using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>Retries through the command line: waits, contention, the rows of gRPC's proposal A6.</summary>
public sealed class RetriesTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Theory]
    [InlineData("backoff --strategy full", "wait3HighMs", 20)]
    [InlineData("backoff --strategy equal,none --base 10ms", "equalWait1Ms", 7.5)]
    [InlineData("backoff --strategy exponential --retries 3", "waitsMs", 35)]
    [InlineData("contend --clients 1 --runs 2", "writeCalls", 1)]
    [InlineData("grpc --initial-backoff 100ms --max-backoff 300ms --multiplier 2", "wait3LowMs", 240)]
    [InlineData("grpc --max-attempts 9", "attempts", 5)]
    [InlineData("grpc --outcomes unavailable+pushback=700ms,unavailable,ok", "attempt3FromMs", 820)]
    [InlineData("grpc --outcomes unavailable+pushback=never --max-tokens 10", "attempt1Tokens", 9)]
    [InlineData("grpc --outcomes invalid-argument --max-tokens 10", "attempt1Tokens", 10)]
    [InlineData("grpc --outcomes unavailable@20ms,silent --max-attempts 3 --deadline 500ms", "endMs", 500)]
    [InlineData("grpc --outcomes never-sent*9,ok --max-tokens 10", "attempts", 1)]
    [InlineData("hedge --outcomes silent", "attempt4FromMs", 1500)]
    [InlineData("hedge --outcomes silent", "attempt4Outstanding", 4)]
    [InlineData("hedge --outcomes unavailable@200ms,silent", "attempt3FromMs", 700)]
    [InlineData("hedge --outcomes silent*2,ok@5ms", "endMs", 1005)]
    [InlineData("throttle --max-tokens 10", "tokens5", 5)]
    [InlineData("throttle --max-tokens 10", "retriesAllowed5", 0)]
    [InlineData("throttle --max-tokens 10", "tokens6", 5.1)]
    [InlineData("throttle --max-tokens 10", "retriesAllowed6", 1)]
    [InlineData("throttle --max-tokens 10 --token-ratio 0.5466", "tokenRatio", 0.546)]
    [InlineData("throttle --max-tokens 10 --outcomes unavailable*12,invalid-argument", "tokens", 0)]
    public void Figures_are_those_of_the_rules(string command, string name, double expected)
    {
        var run = _steelyard.Run([.. $"retries {command} --json".Split(' ')]);

        Assert.Equal("", run.Error);
        Assert.Equal(
            expected, JsonDocument.Parse(run.Output).RootElement.GetProperty(name).GetDouble(), 1e-6);
    }

    [Fact]
    public void A_success_cancels_the_other_hedges_and_is_drawn()
    {
        var run = _steelyard.Run(
            "retries", "hedge", "--outcomes", "silent*2,ok@5ms", "--json", "--plot", "h.svg");

        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("OK", json.GetProperty("status").GetString());
        Assert.Equal("CANCELLED", json.GetProperty("attempt1Status").GetString());
        Assert.Contains(
            "Attempts on their way", File.ReadAllText(Path.Combine(_steelyard.Folder, "h.svg")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "retries: expected backoff, contend, grpc, hedge, throttle, found nothing")]
    [InlineData("backoff --strategy jitter", "backoff: expected none, exponential, full, equal")]
    [InlineData("backoff --base 3s --cap 1s", "--cap: expected at least the base, 3000 ms, found 1000 ms")]
    [InlineData("backoff --base -1ms", "--base: expected a number from 1E-06 to 86400, found -0.001")]
    [InlineData("backoff --retries 1000000", "--retries: expected a whole number from 1 to 100")]
    [InlineData("contend", "--clients: expected clients that each write once, found nothing")]
    [InlineData("contend --clients NaN", "--clients: expected a number, found \"NaN\"")]
    [InlineData("contend --clients 0", "--clients: expected a whole number from 1 to 2000, found 0")]
    [InlineData("grpc --outcomes broken", "--outcomes: expected a status of gRPC such as ok")]
    [InlineData("grpc --outcomes unavailable@soon", "--outcomes: expected a time such as 20ms")]
    [InlineData("grpc --outcomes unavailable*0", "--outcomes: expected a whole number from 1 to 1,000")]
    [InlineData("grpc --outcomes never-sent", "expected a call that ends within 1,000 attempts")]
    [InlineData("grpc --retry-on ok", "--retry-on: expected statuses that are failures, found \"ok\"")]
    [InlineData("grpc --max-attempts 1", "--max-attempts: expected a whole number from 2")]
    [InlineData("hedge --outcomes silent+pushback=never", "--outcomes: expected silent alone")]
    [InlineData("throttle", "--max-tokens: expected the most tokens of the throttle, found nothing")]
    [InlineData("grpc --token-ratio 0.5", "--max-tokens: expected the most tokens")]
    public void A_mistake_is_one_line_with_its_place(string command, string expected)
    {
        var run = _steelyard.Run([.. $"retries {command}".Trim().Split(' ')]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
