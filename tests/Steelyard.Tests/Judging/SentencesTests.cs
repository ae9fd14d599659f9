using System.Reflection;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Tests.Judging;

/// <summary>Every checker says in a plain sentence what it holds histories to.</summary>
public sealed class SentencesTests
{
    [Theory]
    [InlineData("Steelyard.Analysis")]
    [InlineData("Steelyard.Designs")]
    [InlineData("Steelyard.Services.Designs")]
    public void Every_checker_of_ours_brings_its_own_sentence(string assembly)
    {
        var checkers = Assembly.Load(assembly).GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Where(type => type.IsAssignableTo(typeof(IChecker)))
            .ToList();

        var silent = checkers.Where(type => !type.GetInterfaceMap(typeof(IChecker)).TargetMethods
            .Any(method => method.Name == "get_Sentence" && !method.DeclaringType!.IsInterface));

        Assert.NotEmpty(checkers);
        Assert.Empty(silent);
    }

    [Fact]
    public void A_checker_that_brings_none_is_called_by_its_name_in_words()
    {
        IChecker checker = new LossLooker();

        Assert.Equal("Nothing lost", checker.Sentence);
    }

    [Fact]
    public void A_verdict_carries_the_sentence_of_its_checker()
    {
        var verdict = Assert.Single(Judgement.Of(
            History.Parse("0 invoke read\n0 ok read 1"), [new LossLooker()], default));

        Assert.Equal("Nothing lost", verdict.Sentence);
    }

    sealed class LossLooker : IChecker
    {
        public string Name => "nothing-lost";

        public Verdict Check(History history) => Verdict.Holds(Name, "nothing was lost");
    }
}
