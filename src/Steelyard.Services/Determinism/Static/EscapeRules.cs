namespace Steelyard.Services.Determinism.Static;

/// <summary>Which calls leave the world, and what to call in their place.</summary>
internal static class EscapeRules
{
    /// <summary>What tells the time, and waits, in the world.</summary>
    public const string Clock = "the TimeProvider that the services hold";

    const string Limiter = $"a limiter that counts by {Clock}";
    const string Random = "a Random with a seed, or a source of numbers that is injected";
    const string Await = "await";
    const string Factory = "IHttpClientFactory";
    const string Injected = "an interface that is injected, or what the world gives (a database)";
    const string Sorted = "a sorted collection, or sort before the order can be seen";
    const string TimeProvider = "System.TimeProvider";

    // Their hash is the number itself, so its order is the same everywhere.
    static readonly HashSet<string> s_wholeNumbers = new(StringComparer.Ordinal)
    {
        "System.Int32", "System.Int64", "System.UInt32", "System.UInt64", "System.Int16", "System.Byte",
        "System.Char", "System.Boolean", "System.Guid",
    };

    static readonly Dictionary<string, Rule[]> s_rules = All()
        .GroupBy(rule => rule.Type, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>The rule that a call breaks; null where it is fine.</summary>
    public static Rule? Broken(CalledMember called) =>
        s_rules.TryGetValue(called.Type, out var rules)
            ? Array.Find(rules, rule => rule.Covers(called))
            : null;

    static IEnumerable<Rule> All() =>
    [
        .. Held([.. Clocks(), .. Limiters(), .. Randoms()]), .. Threads(), .. Blockings(), .. Networks(),
        .. Machines(), .. HashOrders(),
    ];

    // The copy of the runtime asks the world for them.
    static IEnumerable<Rule> Held(IEnumerable<Rule> rules) =>
        rules.Select(static rule => rule with { IsHeld = true });

    static IEnumerable<Rule> Clocks() =>
    [
        new("System.DateTime", "clock", Clock, ["get_Now", "get_UtcNow", "get_Today"]),
        new("System.DateTimeOffset", "clock", Clock, ["get_Now", "get_UtcNow"]),
        new(TimeProvider, "clock", Clock, ["get_System"]),
        new("System.Diagnostics.Stopwatch", "clock", $"GetTimestamp and GetElapsedTime of {Clock}",
            [".ctor", "StartNew", "GetTimestamp", "GetElapsedTime"]),
        new("System.Environment", "clock", Clock, ["get_TickCount", "get_TickCount64"]),
        new("System.Threading.Timer", "clock", $"CreateTimer of {Clock}", [".ctor"]),
        new("System.Timers.Timer", "clock", $"CreateTimer of {Clock}", [".ctor"]),
        new("System.Threading.PeriodicTimer", "clock", "new PeriodicTimer(period, timeProvider)", [".ctor"])
            { If = LacksProvider },
        new("System.Threading.Tasks.Task", "clock", "Task.Delay(time, timeProvider)", ["Delay"])
            { If = LacksProvider },
        new("System.Threading.Tasks.Task", "clock", "WaitAsync(time, timeProvider)", ["WaitAsync"])
            { If = CountsTime },
        new("System.Threading.Tasks.Task`1", "clock", "WaitAsync(time, timeProvider)", ["WaitAsync"])
            { If = CountsTime },
        new("System.Threading.CancellationTokenSource", "clock",
            "new CancellationTokenSource(time, timeProvider)", [".ctor"])
            { If = called => called.Parameters.Count > 0 && LacksProvider(called) },
        new("System.Threading.CancellationTokenSource", "clock",
            "new CancellationTokenSource(time, timeProvider)", ["CancelAfter"]),
    ];

    // .NET's own limiters fill up by a Stopwatch and a timer, whether or not they do so by themselves.
    static IEnumerable<Rule> Limiters() =>
    [
        new("System.Threading.RateLimiting.TokenBucketRateLimiter", "clock", Limiter, [".ctor"]),
        new("System.Threading.RateLimiting.FixedWindowRateLimiter", "clock", Limiter, [".ctor"]),
        new("System.Threading.RateLimiting.SlidingWindowRateLimiter", "clock", Limiter, [".ctor"]),
        new("System.Threading.RateLimiting.RateLimitPartition", "clock", Limiter,
            ["GetTokenBucketLimiter", "GetFixedWindowLimiter", "GetSlidingWindowLimiter"]),
        new("Microsoft.AspNetCore.RateLimiting.RateLimiterOptionsExtensions", "clock", Limiter,
            ["AddTokenBucketLimiter", "AddFixedWindowLimiter", "AddSlidingWindowLimiter"]),
    ];

    static IEnumerable<Rule> Randoms() =>
    [
        new("System.Random", "random", Random, ["get_Shared"]),
        new("System.Random", "random", Random, [".ctor"]) { If = called => called.Parameters.Count == 0 },
        new("System.Guid", "random", "an identity that is injected, or drawn from a Random with a seed",
            ["NewGuid", "CreateVersion7"]),
        new("System.Security.Cryptography.RandomNumberGenerator", "random", Random),
        new("System.IO.Path", "random", Random, ["GetRandomFileName", "GetTempFileName"]),
    ];

    static IEnumerable<Rule> Threads() =>
    [
        new("System.Threading.Thread", "thread", "Task.Run, or a BackgroundService", [".ctor"]),
        new("System.Threading.ThreadPool", "thread", "nothing: the world has one worker",
            ["SetMinThreads", "SetMaxThreads"]),
        new("System.Threading.Tasks.Parallel", "thread", "Task.WhenAll"),
        new("System.Linq.ParallelEnumerable", "thread", "LINQ without AsParallel", ["AsParallel"]),
        new("System.ComponentModel.BackgroundWorker", "thread", "Task.Run", [".ctor"]),
        new("System.Threading.Tasks.TaskFactory", "thread", "Task.Run", ["StartNew"])
            { If = called => called.Takes("System.Threading.Tasks.TaskCreationOptions") },
    ];

    static IEnumerable<Rule> Blockings() =>
    [
        new("System.Threading.Thread", "blocking", "await Task.Delay(time, timeProvider)", ["Sleep"]),
        new("System.Threading.Tasks.Task", "blocking", Await, ["Wait", "WaitAll", "WaitAny"]),
        new("System.Threading.Tasks.Task`1", "blocking", Await, ["Wait", "get_Result"]),
        new("System.Threading.Tasks.ValueTask`1", "blocking", Await, ["get_Result"]),
        new("System.Runtime.CompilerServices.TaskAwaiter", "blocking", Await, ["GetResult"]),
        new("System.Runtime.CompilerServices.TaskAwaiter`1", "blocking", Await, ["GetResult"]),
        new("System.Threading.SemaphoreSlim", "blocking", "WaitAsync", ["Wait"]),
        new("System.Threading.ManualResetEventSlim", "blocking", "a TaskCompletionSource", ["Wait"]),
        new("System.Threading.CountdownEvent", "blocking", "Task.WhenAll", ["Wait"]),
        new("System.Threading.Barrier", "blocking", "Task.WhenAll", ["SignalAndWait"]),
        new("System.Threading.WaitHandle", "blocking", "a TaskCompletionSource",
            ["WaitOne", "WaitAll", "WaitAny"]),
        new("System.Threading.Monitor", "blocking", "a TaskCompletionSource", ["Wait"]),
        new("System.Collections.Concurrent.BlockingCollection`1", "blocking", "a Channel",
            ["Take", "GetConsumingEnumerable"]),
    ];

    static IEnumerable<Rule> Networks() =>
    [
        new("System.Net.Http.HttpClient", "network", Factory, [".ctor"]),
        new("System.Net.Sockets.Socket", "network", Factory, [".ctor"]),
        new("System.Net.Sockets.TcpClient", "network", Factory, [".ctor"]),
        new("System.Net.Sockets.TcpListener", "network", "an endpoint of the web application", [".ctor"]),
        new("System.Net.Sockets.UdpClient", "network", Factory, [".ctor"]),
        new("System.Net.WebSockets.ClientWebSocket", "network",
            "ConnectAsync with an HttpMessageInvoker of IHttpMessageHandlerFactory", [".ctor"]),
        new("System.Net.HttpListener", "network", "an endpoint of the web application", [".ctor"]),
        new("System.Net.Dns", "network", Factory),
        new("System.Net.Mail.SmtpClient", "network", Injected, [".ctor"]),
        new("System.Net.NetworkInformation.Ping", "network", Injected, [".ctor"]),
    ];

    static IEnumerable<Rule> Machines() =>
    [
        new("System.IO.File", "machine", Injected),
        new("System.IO.Directory", "machine", Injected),
        new("System.IO.FileStream", "machine", Injected, [".ctor"]),
        new("System.IO.FileInfo", "machine", Injected, [".ctor"]),
        new("System.Diagnostics.Process", "machine", Injected, ["Start", "GetCurrentProcess"]),
        new("System.Environment", "machine", "IConfiguration",
            ["GetEnvironmentVariable", "GetEnvironmentVariables", "get_MachineName", "get_ProcessId",
                "get_UserName", "get_ProcessorCount"]),
        new("System.Environment", "machine", "IHostApplicationLifetime.StopApplication",
            ["Exit", "FailFast"]),
        new("System.Console", "machine", Injected, ["ReadLine", "ReadKey", "Read"]),
    ];

    // Dictionary and HashSet keep the order of insertion and removal, whatever the hashes are; these do not.
    static IEnumerable<Rule> HashOrders() =>
    [
        new("System.String", "hash order", "a hash of your own: this one differs in every process",
            ["GetHashCode"]) { IsHeld = true },
        .. OrderOf("System.Collections.Concurrent.ConcurrentDictionary`2",
            "GetEnumerator", "get_Keys", "get_Values", "ToArray"),
        .. OrderOf("System.Collections.Immutable.ImmutableDictionary`2",
            "GetEnumerator", "get_Keys", "get_Values"),
        .. OrderOf("System.Collections.Immutable.ImmutableHashSet`1", "GetEnumerator"),
        .. OrderOf("System.Collections.Frozen.FrozenDictionary`2", "GetEnumerator", "get_Keys", "get_Values"),
        .. OrderOf("System.Collections.Frozen.FrozenSet`1", "GetEnumerator", "get_Items"),
        new("System.Collections.Hashtable", "hash order", Sorted,
            ["GetEnumerator", "get_Keys", "get_Values"]),
    ];

    // Of strings it is the same in every process on the copy of the runtime, where their hashes are.
    static IEnumerable<Rule> OrderOf(string type, params string[] names)
    {
        var rule = new Rule(type, "hash order", Sorted, names);
        yield return rule with { IsHeld = true, If = called => KeyOf(called) == "System.String" };
        yield return rule with
        {
            If = called => KeyOf(called) is not { } key || !s_wholeNumbers.Contains(key),
        };
    }

    static string? KeyOf(CalledMember called) =>
        called.TypeArguments.Count == 0 ? null : called.TypeArguments[0];

    static bool LacksProvider(CalledMember called) => !called.Takes(TimeProvider);

    static bool CountsTime(CalledMember called) => called.Takes("System.TimeSpan") && LacksProvider(called);
}

/// <summary>A rule: members of a type that leave the world.</summary>
/// <param name="Type">The type, by its name in metadata.</param>
/// <param name="Kind">What is taken from the machine.</param>
/// <param name="Advice">What to call in its place.</param>
/// <param name="Names">Which members; null is all.</param>
internal sealed record Rule(string Type, string Kind, string Advice, string[]? Names = null)
{
    /// <summary>Whether the world answers all the same, where services run on the copy of the
    /// runtime.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether a call of such a member leaves the world.</summary>
    public Func<CalledMember, bool> If { get; init; } = static _ => true;

    /// <summary>Whether a call breaks it.</summary>
    public bool Covers(CalledMember called) =>
        (Names is null || Names.Contains(called.Name, StringComparer.Ordinal)) && If(called);
}
