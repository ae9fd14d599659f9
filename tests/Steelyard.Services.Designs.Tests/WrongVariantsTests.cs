namespace Steelyard.Services.Designs.Tests;

public sealed class WrongVariantsTests
{
    public static TheoryData<string> Commands => [.. WrittenHunt.All.Select(row => row.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_wrong_breaks_the_promise_at_the_seed_that_is_written_down(string command)
    {
        var row = WrittenHunt.All.Single(row => row.Command == command);
        // Longer, that no seed before it does.
        var found = row.Hunt.Execute(ServiceHunt.IsLong ? row.Seeds : new(row.Seed, row.Seed)).FirstInvalid;

        Assert.Equal((row.Seed, row.Checker), (found?.Seed.Value ?? 0, found?.Checker));
        Assert.StartsWith(
            $"hunt {row.Service} --variant {row.Variant} ", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_wrong_is_written_down() => Assert.Equal(
        AnyService.Variants(areRight: false).Select(wrong => (wrong.Service.Name, wrong.Variant.Name))
            .Order(),
        WrittenHunt.All.Select(row => (row.Service, row.Variant)).Distinct().Order());
}
