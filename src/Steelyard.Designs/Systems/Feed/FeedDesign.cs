using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Feed;

/// <summary>Posts go to followers when they are written, or are gathered when they are read.</summary>
internal sealed class FeedDesign : ArchitectureSystem
{
    const string Hybrid = "hybrid";
    const string OnWrite = "on-write";
    const string OnRead = "on-read";
    const int Users = 20_000;
    const int Followed = 100;

    static readonly TimeSpan s_eachItem = TimeSpan.FromMicroseconds(100);

    // The author of most followers has 15,000 of the 20,000 users, the hundredth 970.
    static readonly ItemCount s_followers = new(Followed, 0.6);

    /// <inheritdoc/>
    public override string Name => "feed";

    /// <inheritdoc/>
    public override string Summary =>
        "posts go to followers when they are written, or are gathered when they are read; and celebrities";

    /// <inheritdoc/>
    public override string Story =>
        "500 timelines are read for each 5 posts, and everybody follows a hundred. Gathered when it is"
        + " read, a timeline costs 11 ms of work each time: 68 % of eight workers, and p99 at 18.5 ms."
        + " Written to each follower when it is posted, reading costs 1 ms and eight workers are 10 % busy,"
        + " for what counts is posts times followers against reads times followed: spreading pays as long as"
        + " there is more reading than that (--reads 5 --posts 50: 37 % busy spread, 1.3 % gathered). But the"
        + " mean hides the celebrity: the first author has 15,000 followers of 20,000 users, whose post takes"
        + " a second and a half of work, and one in a hundred posts needs more than 281 ms to arrive. With"
        + " the posts of twenty celebrities gathered and all others spread, that is 68 ms, and reading costs"
        + " 0.5 ms more.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--fan-out on-write", "a celebrity's post takes long to reach all followers"),
        new("--fan-out on-read", "each timeline is gathered anew, and reading is slow"),
        new("--reads 5 --posts 50 --fan-out on-read", "more written than read: gathering costs less"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "fan-out", "When posts go to followers; hybrid: those of celebrities when they are read",
            Hybrid, OnWrite, OnRead),
        Count("celebrities", 20, "How many authors are celebrities (hybrid)") with { Maximum = Users },
        Count("reads", 500, "Timelines that are read, a second"),
        Count("posts", 5, "Posts that are written, a second"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var fanOut = options.Choice("fan-out");
        var celebrities = fanOut == Hybrid ? options.Count("celebrities") : 0;
        return new(Name,
        [
            new ClientsPart("readers")
            {
                Rate = options.Count("reads"), Keys = Users, Calls = [new("api")],
            },
            new ClientsPart("authors")
            {
                Rate = options.Count("posts"), Keys = Users, Skew = s_followers.Exponent, Reads = 0,
                Calls = [new("api")],
            },
            new ServicePart("api")
            {
                Parallel = true,
                Calls =
                [
                    new("posts") { When = Edge.Writes },
                    .. fanOut == OnRead ? Array.Empty<Edge>() :
                    [
                        new("timelines") { When = Edge.Reads },
                        new("outbox") { When = Edge.Writes, KeysFrom = celebrities },
                    ],
                    .. Gathered(fanOut, celebrities) is { } items
                        ? [new("posts") { When = Edge.Reads, Items = items }] : Array.Empty<Edge>(),
                ],
            },
            new DatabasePart("posts")
            {
                Workers = 8, Time = TakesTime.Always(TimeSpan.FromMilliseconds(1)),
                WriteTime = TakesTime.Always(TimeSpan.FromMilliseconds(1)), PerItem = s_eachItem,
            },
            .. fanOut == OnRead ? Array.Empty<Part>() :
            [
                new QueuePart("outbox") { Consumers = 8, Calls = [new("spreader")] },
                new ServicePart("spreader")
                {
                    Workers = 8,
                    Calls = [new("timelines") { Items = s_followers, Chunk = 500, Pool = 4 }],
                },
                new ServicePart("timelines")
                {
                    Workers = 8, Time = TakesTime.Always(TimeSpan.FromMilliseconds(1)), PerItem = s_eachItem,
                },
            ],
        ])
        {
            Summary = fanOut switch
            {
                OnWrite => "a post is written to the timeline of each follower",
                OnRead => $"a reader gathers the posts of all {Followed} whom he follows",
                _ => $"a post goes to each follower, those of {celebrities} celebrities are gathered",
            },
            Duration = TimeSpan.FromMinutes(2),
            Settle = TimeSpan.FromSeconds(10),
            Slo = TimeSpan.FromMilliseconds(100),
            Limits =
            [
                MeasuredLimit.Parse("latency-p99 < 15ms"), MeasuredLimit.Parse("availability > 99%"),
                .. fanOut == OnRead ? Array.Empty<MeasuredLimit>()
                    : [MeasuredLimit.Parse("outbox-delivery-p99 < 140ms")],
            ],
        };
    }

    // Whom a reader follows on average; null where nothing is gathered.
    static ItemCount? Gathered(string fanOut, int celebrities) => fanOut switch
    {
        OnRead => new(Followed),
        Hybrid => new((double)s_followers.OfKeys(Users).Take(celebrities).Sum() / Users),
        _ => null,
    };
}
