namespace Steelyard.Tests.Samples;

/// <summary>The sample has tests of its own, a green one and a red one; here is what is said of it.</summary>
public sealed class FirstTestSampleTests
{
    const string Sample = "samples/05-a-first-test/Bakery.Tests";

    [Fact]
    public void The_README_of_the_package_shows_the_sample_itself() => Assert.Contains(
        $"```csharp\n{Read($"{Sample}/LoavesAreBakedOnce.cs")}```\n", Read("src/Steelyard/README.md"),
        StringComparison.Ordinal);

    [Fact]
    public void The_red_test_differs_from_the_green_one_in_one_setting()
    {
        static string Scenario(string file)
        {
            var text = Read($"{Sample}/{file}");
            return text[text.IndexOf("=> world", StringComparison.Ordinal)..text.IndexOf(
                ";\n}\n", StringComparison.Ordinal)];
        }

        Assert.Equal(
            Scenario("LoavesAreBakedOnce.cs"),
            Scenario("CarelessBakery.cs").Replace("[.. args, \"--Careless=true\"]", "args",
                StringComparison.Ordinal));
    }

    static string Read(string path) =>
        File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
}
