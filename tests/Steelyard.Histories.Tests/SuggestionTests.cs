namespace Steelyard.Histories.Tests;

public sealed class SuggestionTests
{
    static readonly string[] Known = ["bank", "chat", "register", "kv"];

    [Theory]
    [InlineData("bnak", "bank")]
    [InlineData("Bank", "bank")]
    [InlineData("registr", "register")]
    [InlineData("cht", "chat")]
    public void A_near_word_is_suggested(string word, string meant) =>
        Assert.Equal($"; did you mean \"{meant}\"?", Suggestion.For(word, Known));

    [Theory]
    [InlineData("")]
    [InlineData("elephant")]
    public void A_far_word_is_not(string word) =>
        Assert.Equal("", Suggestion.For(word, ["bank", "register"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void Distances_are_those_of_Damerau(string from, string to, int distance) =>
        Assert.Equal(distance, Suggestion.Distance(from, to));
}
