namespace Steelyard.Tests.Samples;

/// <summary>The sample has tests of its own; here is what is said of it.</summary>
public sealed class PaymentsSampleTests
{
    [Fact]
    public void The_page_on_services_shows_the_sample_itself()
    {
        var page = Read("docs", "services.md");
        var scenario = Sample("PaymentsScenario.cs");
        var test = Sample("PaymentsTests.cs").Split('\n')
            .Single(line => line.Contains("Payments_are_charged_once", StringComparison.Ordinal)).Trim();

        Assert.Contains(scenario[scenario.IndexOf("public sealed", StringComparison.Ordinal)..], page);
        Assert.Contains(test, page);
    }

    static string Sample(string file) => Read("samples", "03-payments-charged-once", "Payments.Tests", file);

    static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");
}
