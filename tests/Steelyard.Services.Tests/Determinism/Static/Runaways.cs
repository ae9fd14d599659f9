using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Steelyard.Services.Tests.Determinism.Static;

/// <summary>One method for each way out of the world, and its twin that stays in. Nobody calls them: their
/// instructions are read.</summary>
internal sealed class Runaways(TimeProvider time, IHttpClientFactory clients)
{
    public static DateTime ReadsTheClock() => DateTime.UtcNow;

    public DateTimeOffset AsksItsClock() => time.GetUtcNow();

    public static async Task WaitsByTheClock() => await Task.Delay(TimeSpan.FromSeconds(1));

    public async Task WaitsByItsClock() => await Task.Delay(TimeSpan.FromSeconds(1), time);

    public static CancellationTokenSource LimitsByTheClock() => new(TimeSpan.FromSeconds(1));

    public CancellationTokenSource LimitsByItsClock() => new(TimeSpan.FromSeconds(1), time);

    public static TokenBucketRateLimiter FillsByTheClock() => new(new());

    public static ConcurrencyLimiter CountsWhoIsInside() => new(new());

    public static Guid DrawsAName() => Guid.NewGuid();

    public static int DrawsANumber() => Random.Shared.Next();

    public static int DrawsFromASeed() => new Random(7).Next();

    public static void StartsAThread() => new Thread(() => { }).Start();

    public static async Task RunsATask() => await Task.Run(() => { });

    public static void Sleeps() => Thread.Sleep(1);

    public static int BlocksOnAResult(Task<int> task) => task.Result;

    public static int BlocksOnAnAwaiter(Task<int> task) => task.GetAwaiter().GetResult();

    public static async Task<int> AwaitsAResult(Task<int> task) => await task;

    public static TcpClient OpensASocket() => new();

    public static HttpClient MakesAClient() => new();

    public HttpClient AsksForAClient() => clients.CreateClient();

    public static string ReadsAFile() => File.ReadAllText("orders.txt");

    public static string? ReadsTheEnvironment() => Environment.GetEnvironmentVariable("SHOP");

    public static string WalksInHashOrder(ConcurrentDictionary<string, int> stock) =>
        string.Join(',', stock.Keys);

    public static string WalksNumbers(ConcurrentDictionary<int, int> stock) => string.Join(',', stock.Keys);

    public static string WalksInOrder(Dictionary<string, int> stock) => string.Join(',', stock.Keys);

    public static Func<Guid> HidesInALambda() => () => Guid.NewGuid();
}
