using Steelyard.Services.Testing;

namespace Steelyard.Services.Tests;

public sealed class ServicesDeterminismTests
{
    static readonly bool s_isLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") is "1";

    [Fact]
    public void Fresh_processes_give_the_same_run()
    {
        var first = Alone(7);
        for (var process = 1; process < (s_isLong ? 100 : 4); process++)
            Assert.Equal(first, Alone(7));
        Assert.True(first.Operations > 900);
    }

    [Fact]
    public void A_seed_gives_the_same_run_alone_and_after_others()
    {
        using var worker = new WorkerProcess(typeof(Relays).Assembly.Location);
        for (var seed = 1UL; seed <= (s_isLong ? 50UL : 5UL); seed++)
            Ask(worker, seed);

        Assert.Equal(Alone(7), Ask(worker, 7));
    }

    [Fact]
    public void Another_seed_gives_another_run() =>
        Assert.NotEqual(Alone(7).HistoryHash, Alone(8).HistoryHash);

    static Ran Alone(ulong seed)
    {
        using var worker = new WorkerProcess(typeof(Relays).Assembly.Location);
        return Ask(worker, seed);
    }

    static Ran Ask(WorkerProcess worker, ulong seed)
    {
        var answer = worker.Ask(new(typeof(Relays).Assembly.Location, typeof(Relays).FullName!, seed));
        Assert.Null(answer.Mistake);
        return new(answer.HistoryHash, answer.ScheduleHash, answer.Operations);
    }

    sealed record Ran(ulong HistoryHash, ulong ScheduleHash, int Operations);
}
