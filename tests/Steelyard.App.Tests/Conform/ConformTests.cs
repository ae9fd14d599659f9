using System.Text.Json;
using Steelyard.Services.Designs.Idempotency;

namespace Steelyard.App.Tests.Conform;

public sealed class ConformTests
{
    // One sign for each case: passed, Failed, skipped.
    const string Matrix =
        """
        key-with-effect      ..........................s
        key-after-effect     ................F.FFF.....s
        key-before-effect    .................FF.F.....s
        key-in-async-cache   ................F.F.F.....s
        version-bumped       .....F...s....s...........s
        version-never-bumped .....F...s....s.........F.s
        unique-constraint    ...F.F...s....s...........s
        outbox-dedup         ...........................
        at-least-once        ..........................F
        none                 ..FFFF.F......s.F.FFF.....s
        """;

    public static TheoryData<string, string> Variants
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var line in Matrix.Split('\n'))
                data.Add(line[..21].Trim(), line[21..].Trim());
            return data;
        }
    }

    [Fact]
    public void The_matrix_tells_every_variant_from_every_other() => Assert.Equal(
        Conformance.Variants.Count, Variants.Select(row => (string)row[1]).Distinct().Count());

    [Theory]
    [MemberData(nameof(Variants))]
    public void Each_variant_is_told_by_the_cases_it_fails(string variant, string signs)
    {
        using var steelyard = new SteelyardProcess();

        var conform = steelyard.Run(
            "conform", "idempotency", "--sample", "payments", "--variant", variant, "--json");

        using var json = JsonDocument.Parse(conform.Output);
        var cases = json.RootElement.GetProperty("cases").EnumerateArray();
        Assert.Equal(signs, string.Concat(cases.Select(Sign)));
        Assert.Equal(signs.Contains('F') ? ExitCodes.Broken : ExitCodes.Held, conform.Code);
    }

    [Theory]
    [InlineData("unique-constraint", 0)]
    [InlineData("key-after-effect", 1)]
    public void Whoever_prints_a_failure_of_a_must_ends_with_one(string variant, int code)
    {
        using var steelyard = new SteelyardProcess();

        var conform = steelyard.Run(
            "conform", "idempotency", "--sample", "payments", "--variant", variant, "--must-only");

        Assert.Equal(code, conform.Code);
        Assert.Equal(code == ExitCodes.Broken, conform.Output.Contains("  FAIL ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_live_service_is_asked_what_can_be_asked_from_outside()
    {
        await using var service = await LiveService.Start(remembersKeys: true);
        using var steelyard = new SteelyardProcess();

        var conform = steelyard.Run([.. Live(service), "--must-only"]);

        Assert.Equal("", conform.Error);
        Assert.Equal(ExitCodes.Held, conform.Code);
        Assert.Contains("17  crash between effect and store", conform.Output, StringComparison.Ordinal);
        Assert.Contains("only a sample can be treated so", conform.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_service_that_forgets_its_keys_is_found_out()
    {
        await using var service = await LiveService.Start(remembersKeys: false);
        using var steelyard = new SteelyardProcess();

        var conform = steelyard.Run(Live(service));

        Assert.Equal(ExitCodes.Broken, conform.Code);
        Assert.Contains("FAIL 20  N-way race", conform.Output, StringComparison.Ordinal);
        Assert.Contains("100 effects", conform.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conform", "conform: expected <suite>, found nothing")]
    [InlineData("conform speed", "conform: expected idempotency, found \"speed\"")]
    [InlineData("conform idempotency", "expected --app, --sample payments or --url, found none")]
    [InlineData("conform idempotency --sample orders", "--sample: expected payments, found \"orders\"")]
    [InlineData("conform idempotency --sample payments --variant x", "--variant: expected one of key-with")]
    [InlineData("conform idempotency --url payments", "--url: expected an address such as")]
    [InlineData(
        "conform idempotency --url http://127.0.0.1:1/ --sample payments", "--sample: expected it without")]
    [InlineData("conform idempotency --url http://127.0.0.1:1/", "found nobody that answers")]
    [InlineData("conform idempotency --url http://127.0.0.1:1/ --payload {}", "--payload: expected {id}")]
    public void A_mistake_is_one_line(string line, string told)
    {
        using var steelyard = new SteelyardProcess();

        var conform = steelyard.Run(line.Split(' '));

        Assert.Equal(ExitCodes.UserMistake, conform.Code);
        Assert.Contains(told, conform.Error, StringComparison.Ordinal);
        Assert.Single(conform.Error.TrimEnd().Split('\n'));
    }

    static string[] Live(LiveService service) =>
    [
        "conform", "idempotency", "--url", $"{service.Address}/payments", "--effects-url",
        $"{service.Address}/ledger", "--settle", "1ms",
    ];

    static char Sign(JsonElement one) => one.GetProperty("outcome").GetString() switch
    {
        "pass" => '.',
        "fail" => 'F',
        _ => 's',
    };
}
