using System.Diagnostics;
using System.Security.Cryptography;

namespace Steelyard.PrivateRuntime.Tests;

/// <summary>What a process says when it asks for everything that has a hook.</summary>
internal static class Answers
{
    /// <summary>The word for hooks that always give the same.</summary>
    public const string Hooked = "--hooked";

    static readonly Random s_random = new();

    /// <summary>The word for no hooks.</summary>
    public const string Bare = "--bare";

    /// <summary>Says a line for each thing it asks for.</summary>
    public static int Say(bool hooked)
    {
        Line("on a copy", ProcessHooks.ArePresent);
        Line("hashes", $"{"steelyard".GetHashCode(StringComparison.Ordinal)} {HashCode.Combine(1, "2")}");
        if (hooked)
            new FixedHooks().Install();
        Line("ms", $"{Environment.TickCount64} {Environment.TickCount}");
        Line("timestamp", $"{Stopwatch.GetTimestamp()} {TimeProvider.System.GetTimestamp()}");
        Line("elapsed", $"{Stopwatch.StartNew().ElapsedTicks}");
        Line("now", $"{DateTime.UtcNow:O} {DateTimeOffset.UtcNow:O} {TimeProvider.System.GetUtcNow():O}");
        Line("guid", Guid.NewGuid());
        Line("random", $"{Random.Shared.Next()} {new Random().Next()} {Path.GetRandomFileName()}");
        var bytes = new byte[3];
        s_random.NextBytes(bytes);
        Line("a random that was there", $"{s_random.Next()} {Convert.ToHexString(bytes)}");
        Line("crypto", $"{Convert.ToHexString(RandomNumberGenerator.GetBytes(4))} "
            + $"{RandomNumberGenerator.GetInt32(1000)}");
        Line("timers", Timers());
        return 0;
    }

    static string Timers()
    {
        using var limit = new CancellationTokenSource(500);
        using var timer = new Timer(static _ => { }, null, 600, 50);
        using var provided = TimeProvider.System.CreateTimer(
            static _ => { }, null, TimeSpan.FromMilliseconds(700), Timeout.InfiniteTimeSpan);
        var delay = Task.Delay(TimeSpan.FromHours(1));
        var before = $"{FixedHooks.Said} {delay.IsCompleted}";
        FixedHooks.FireLast();
        return $"{before} {delay.IsCompleted}";
    }

    static void Line(string what, object said) => Console.WriteLine($"{what}: {said}");

    sealed class FixedHooks : ProcessHooks
    {
        static readonly List<string> s_set = [];
        static IThreadPoolWorkItem? s_last;

        public static string Said => string.Join(' ', s_set);

        // On the pool, where timers fire.
        public static void FireLast()
        {
            if (s_last is not { } timer)
                return;
            using var fired = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                timer.Execute();
                fired.Set();
            }, null);
            fired.Wait();
        }

        protected override long Milliseconds() => 77;

        protected override long Timestamp() => 5;

        protected override long UtcTicks() => new DateTime(2030, 1, 1).Ticks;

        protected override long RandomBits() => 0x0909_0909_0909_0909;

        protected override bool Fill(Span<byte> bytes)
        {
            bytes.Fill(9);
            return true;
        }

        protected override bool SetTimer(
            IThreadPoolWorkItem timer, TimerCallback callback, uint dueMilliseconds, uint periodMilliseconds)
        {
            s_set.Add($"{dueMilliseconds}/{periodMilliseconds}");
            s_last = timer;
            return true;
        }
    }
}
