using Steelyard.App.Terminals;

namespace Steelyard.App.Tests.Terminals;

public sealed class InterruptionTests
{
    [Fact]
    public void What_was_done_before_an_interruption_is_kept_whatever_the_rest_says()
    {
        using var source = new CancellationTokenSource();

        Assert.Equal([1, 2], Interruption.Before(Work(source.Cancel), source.Token));
    }

    [Fact]
    public void What_fails_without_an_interruption_fails()
    {
        using var source = new CancellationTokenSource();

        var failure = Assert.Throws<InvalidOperationException>(
            () => Interruption.Before(Work(() => { }), source.Token).ToList());

        Assert.Equal("the third failed", failure.Message);
    }

    static IEnumerable<int> Work(Action before)
    {
        yield return 1;
        yield return 2;
        before();
        throw new InvalidOperationException("the third failed");
    }
}
