using Steelyard.Services.Designs.RateLimit.Variants;

namespace Steelyard.Services.Designs.Tests.RateLimit.Variants;

/// <summary>A value that is held for a second; loads end when the test says so.</summary>
public sealed class HeldTests
{
    readonly List<TaskCompletionSource<string>> _loads = [];
    readonly HandClock _clock = new();

    [Fact]
    public async Task All_who_ask_wait_for_one_load()
    {
        var held = Joining();
        var (first, second) = (held.Get(default), held.Get(default));
        Assert.False(first.IsCompleted);
        Assert.Single(_loads).SetResult("a");

        Assert.Equal("a", await first);
        Assert.Equal("a", await second);
        Assert.Equal("a", await held.Get(default));
        Assert.Single(_loads);
    }

    [Fact]
    public async Task Else_each_loads_for_itself()
    {
        var held = new SingleFlight<string>(Load, TimeSpan.FromSeconds(1), _clock, joins: false);
        var (first, second) = (held.Get(default), held.Get(default));
        _loads[1].SetResult("b");
        _loads[0].SetResult("a");

        Assert.Equal("a", await first);
        Assert.Equal("b", await second);
    }

    [Fact]
    public async Task Once_it_has_expired_it_is_loaded_again()
    {
        var held = Joining();
        var first = held.Get(default);
        _loads[0].SetResult("a");
        await first;
        _clock.Milliseconds = 999;
        Assert.Equal("a", await held.Get(default));
        _clock.Milliseconds = 1_000;
        var next = held.Get(default);
        _loads[1].SetResult("b");

        Assert.Equal("b", await next);
    }

    [Fact]
    public async Task Who_gives_up_takes_the_load_from_nobody()
    {
        var held = Joining();
        using var impatience = new CancellationTokenSource();
        var (first, second) = (held.Get(impatience.Token), held.Get(default));
        await impatience.CancelAsync();
        _loads[0].SetResult("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("a", await second);
        Assert.Single(_loads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_that_fails_or_is_cancelled_fails_who_waited_and_nobody_later(bool isCancelled)
    {
        var held = Joining();
        var (first, second) = (held.Get(default), held.Get(default));
        if (isCancelled)
            _loads[0].SetCanceled();
        else
            _loads[0].SetException(new HttpRequestException("away"));
        Assert.NotNull(await Record.ExceptionAsync(() => first));
        Assert.NotNull(await Record.ExceptionAsync(() => second));
        var next = held.Get(default);
        _loads[1].SetResult("b");

        Assert.Equal("b", await next);
    }

    SingleFlight<string> Joining() => new(Load, TimeSpan.FromSeconds(1), _clock, joins: true);

    Task<string> Load()
    {
        _loads.Add(new());
        return _loads[^1].Task;
    }

    sealed class HandClock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Milliseconds;
    }
}
