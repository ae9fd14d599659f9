using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>Laws of waiting.</summary>
internal static class QueueingLaws
{
    const string Lambda = "lambda";
    const string Service = "service";
    const string Servers = "servers";

    static readonly LawParameter Arrivals =
        Above0(Lambda, "requests that arrive, a second") with { Example = 80 };
    static readonly LawParameter ServiceTime =
        Time(Service, "the mean time of service, as 10ms or in seconds") with { Example = 0.01 };
    static readonly LawParameter Machines = Count(Servers, "servers", most: 100_000) with { Example = 2 };
    static readonly LawParameter Quantile = Inside("quantile", "the share whose response is told", 0.99);

    // Up to just below the capacity, where it goes to the sky.
    const double AlmostFull = 0.98;

    public static IReadOnlyList<Law> All { get; } =
    [
        new("mm1", "One server, Poisson arrivals, exponential service: how long requests wait",
            "W = s/(1 - ρ), ρ = λs; P(R > t) = e^(-t(1-ρ)/s)",
                "Kleinrock 1975, Queueing Systems 1, section 3.2",
            [Arrivals, ServiceTime, Quantile],
            given => Open(new(1, given[Lambda], given[Service]), given["quantile"]))
        {
            Curve = new(Lambda, "meanResponseMs", _ => 0.001, given => AlmostFull / given[Service]),
        },
        new("mmc", "Several servers and one queue (Erlang's C): how long requests wait",
            "Wq = C(c, a) s/(c - a), a = λs", "Erlang 1917; Kleinrock 1975, section 3.5",
            [Arrivals, ServiceTime, Machines, Quantile],
            given => Open(new(given.Whole(Servers), given[Lambda], given[Service]), given["quantile"]))
        {
            Curve = new(Lambda, "meanResponseMs", _ => 0.001,
                given => AlmostFull * given[Servers] / given[Service]),
        },
        new("erlang-b", "Servers without a queue: the share that is turned away",
            "B(c, a) = (a^c/c!) / Σ a^k/k!; B(k) = aB(k-1)/(k + aB(k-1))", "Erlang 1917",
            [
                Above0("offered", "the load in Erlang: arrivals a second times service in seconds") with
                {
                    Example = 8,
                },
                Machines with { Most = 1e6 },
            ],
            given =>
            [
                new("blocked", "share turned away",
                    MultiServerQueue.ErlangB(given.Whole(Servers), given["offered"])),
                new("carried", "load carried, in Erlang",
                    MultiServerQueue.Carried(given.Whole(Servers), given["offered"])),
            ])
        {
            Curve = new("offered", "blocked", _ => 0.01, given => 2 * given[Servers]),
        },
        new("mm1k", "One server and room for K: what is turned away, and how long the others stay",
            "P(n) = ρ^n (1 - ρ)/(1 - ρ^(K+1)); blocked = P(K)", "Kleinrock 1975, section 3.6",
            [Arrivals, ServiceTime,
                Count("room", "K, the one in service among them", most: 100_000) with { Example = 20 }],
            given => Bounded(new(given.Whole("room"), given[Lambda], given[Service])))
        {
            Curve = new(Lambda, "blocked", _ => 0.001, given => 2 / given[Service]),
        },
        new("md1", "One server, every service as long: half the wait of exponential service",
            "Wq = ρs/(2(1 - ρ))", "Kleinrock 1975, section 5.6",
            [Arrivals, ServiceTime], given => General(new(given[Lambda], given[Service], 0)))
        {
            Curve = new(Lambda, "meanWaitMs", _ => 0.001, given => AlmostFull / given[Service]),
        },
        new("mg1", "One server, any service time: variation is waiting (Pollaczek and Khinchine)",
            "Wq = ρs(1 + cv²)/(2(1 - ρ))", "Pollaczek 1930; Khinchine 1932; Kleinrock 1975, section 5.6",
            [Arrivals, ServiceTime,
                AtLeast0("cv2", "variance of the service time over the square of its mean; 1 is exponential")
                    with { Example = 4 }],
            given => General(new(given[Lambda], given[Service], given["cv2"])))
        {
            Curve = new("cv2", "meanWaitMs", _ => 0, given => Math.Max(10, 2 * given["cv2"])),
        },
        new("closed", "Users who think between answers: throughput and response (closed M/M/c)",
            "R = N/X - Z; X from the birth-death chain; X <= min(N/(Z + s), c/s)",
            "Kleinrock 1975, section 3.8; Denning and Buzen 1978; Lazowska et al. 1984, section 5.2",
            [
                Count("users", "N, who wait for an answer, think, and ask again", most: 100_000) with
                {
                    Example = 50,
                },
                new("think", "Z, the mean time between answer and question", 0, double.PositiveInfinity)
                {
                    IsTime = true, Example = 1,
                },
                ServiceTime, Count(Servers, "servers", 1)],
            given => Closed(new(given.Whole("users"), given.Whole(Servers), given["think"], given[Service])))
        {
            Curve = new("users", "throughput", _ => 1, given => Math.Max(10, 2 * given["users"])),
        },
        new("little", "How many are in a system: arrivals times stay", "L = λW", "Little 1961",
            [Arrivals, Time("stay", "W, the mean time from arrival to departure, as 200ms or in seconds") with
            {
                Example = 0.2,
            }],
            given => [new("meanNumber", "requests in the system", given[Lambda] * given["stay"])]),
        new("fan-out", "A request that waits for the slowest of many parts", "P = 1 - (1 - p)^n",
            "Dean and Barroso 2013, The tail at scale",
            [Count("parts", "parts that each request asks") with { Example = 100 },
                Share("slow", "the share of parts that is slower than a limit", 0.01)],
            given =>
            [
                new("slowRequests", "share of requests slower than that limit",
                    new FanOut(given.Whole("parts")).SlowRequests(given["slow"])),
                new("partQuantileForMedian", "quantile of the parts that is the median of requests",
                    new FanOut(given.Whole("parts")).PartShare(0.5)),
                new("partQuantileForP99", "quantile of the parts that is the 99th percentile of requests",
                    new FanOut(given.Whole("parts")).PartShare(0.99)),
            ])
        {
            Curve = new("parts", "slowRequests", _ => 1, given => Math.Max(100, 2 * given["parts"])),
        },
        new("power-of-d", "The shortest of d queues drawn at random, of very many servers",
            "T = Σ λ^((d^i - d)/(d - 1))", "Mitzenmacher 2001, theorem 1",
            [Count("choices", "d, queues looked at", 2, 100),
                Inside("utilisation", "of each server") with { Example = 0.9 }],
            given =>
            [
                new("meanResponse", "mean time in the system, in mean service times",
                    new PowerOfChoices(given.Whole("choices"), given["utilisation"]).MeanResponse),
                new("randomChoice", "the same where one is drawn", 1 / (1 - given["utilisation"])),
            ])
        {
            Curve = new("utilisation", "meanResponse", _ => 0.01, _ => AlmostFull),
        },
        new("batch", "Requests served in batches: cheaper, and they wait for one another",
            "s = F + bc; fill = (b - 1)/(2λ); stable while λ < b/(F + bc)", "arithmetic",
            [Count("size", "b, requests in a batch") with { Example = 10 }, Arrivals,
                Time("fixed", "F, what a batch costs whatever its size") with { Example = 0.02 },
                Time("item", "c, what each request adds") with { Example = 0.001 }],
            given => Batched(new(given.Whole("size"), given["fixed"], given["item"], given[Lambda])))
        {
            Curve = new("size", "meanFillAndServiceMs", _ => 1, given => Math.Max(20, 3 * given["size"])),
        },
    ];

    static IReadOnlyList<LawFigure> Open(MultiServerQueue queue, double quantile) =>
    [
        new("utilisation", "share of the time that a server is busy", queue.Utilisation),
        new("waitProbability", "share of requests that wait", queue.WaitProbability),
        new("meanWaitMs", "mean wait before service", queue.MeanWaitSeconds * 1000, "ms"),
        new("meanResponseMs", "mean response", queue.MeanResponseSeconds * 1000, "ms"),
        new("quantileResponseMs", $"response that {quantile:P1} stay within",
            queue.ResponseQuantile(quantile) * 1000, "ms"),
        new("meanQueue", "requests that wait", queue.MeanQueueLength),
        new("meanNumber", "requests there", queue.MeanNumber),
    ];

    static IReadOnlyList<LawFigure> Bounded(BoundedQueue queue) =>
    [
        new("blocked", "share turned away", queue.BlockingProbability),
        new("throughput", "requests served", queue.Throughput, "/s"),
        new("utilisation", "share of the time that the server is busy", queue.Utilisation),
        new("meanResponseMs", "mean response of those let in", queue.MeanResponseSeconds * 1000, "ms"),
        new("meanNumber", "requests there", queue.MeanNumber),
    ];

    static IReadOnlyList<LawFigure> General(GeneralServiceQueue queue) =>
    [
        new("utilisation", "share of the time that the server is busy", queue.Utilisation),
        new("meanWaitMs", "mean wait before service", queue.MeanWaitSeconds * 1000, "ms"),
        new("meanResponseMs", "mean response", queue.MeanResponseSeconds * 1000, "ms"),
        new("meanNumber", "requests there", queue.MeanNumber),
    ];

    static IReadOnlyList<LawFigure> Closed(ClosedQueue queue) =>
    [
        new("throughput", "requests served", queue.Throughput, "/s"),
        new("throughputBound", "no more than", queue.ThroughputBound, "/s"),
        new("meanResponseMs", "mean response", queue.MeanResponseSeconds * 1000, "ms"),
        new("utilisation", "share of the time that a server is busy", queue.Utilisation),
        new("meanNumber", "requests that wait or are served", queue.MeanNumber),
        new("knee", "users from which on they mostly wait", queue.Knee),
    ];

    static IReadOnlyList<LawFigure> Batched(BatchedServer server) =>
    [
        new("serviceMs", "service of a batch", server.ServiceSeconds * 1000, "ms"),
        new("meanFillMs", "mean wait until a batch is full", server.MeanFillSeconds * 1000, "ms"),
        new("meanFillAndServiceMs", "both together, without a queue before them",
            (server.MeanFillSeconds + server.ServiceSeconds) * 1000, "ms"),
        new("capacity", "requests that can be served", server.Capacity, "/s"),
        new("utilisation", "share of the time that the server is busy", server.Utilisation),
    ];
}
