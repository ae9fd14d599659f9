using Steelyard.Designs.Systems;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Systems;

public sealed class SystemVariantsTests
{
    public static TheoryData<string> Names => [.. SystemCatalogue.All.Select(design => design.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_says_to_try_can_be_run_and_is_another_run(string name)
    {
        var design = Catalogue.Find(name);

        Assert.NotEmpty(design.ToTry);
        foreach (var variant in design.ToTry)
        {
            var words = variant.Options.Split(' ');
            var given = words.Chunk(2).ToDictionary(pair => pair[0][2..], pair => pair[1]);
            Assert.All(words.Where((_, at) => at % 2 == 0), word =>
                Assert.StartsWith("--", word, StringComparison.Ordinal));
            var options = new DesignOptions(design, new CommonOptions(), given);
            Assert.Equal(design.Name, design.Build(options).Design);
            Assert.Contains(given, one =>
                one.Value != design.Options.Single(option => option.Name == one.Key).Default);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_variant_shows_is_told_in_one_line(string name) =>
        Assert.All(Catalogue.Find(name).ToTry, variant => Assert.InRange(variant.Shows.Length, 20, 75));
}
