namespace Steelyard.Live.Engines.Dns;

/// <summary>How DNS is set up.</summary>
internal static class DnsSetups
{
    /// <summary>How long an answer lives, in seconds.</summary>
    public const int TtlSeconds = 2;

    /// <summary>The resolver answers from what still lives.</summary>
    public const string Fresh = "resolver";

    /// <summary>It answers from what has expired when the primary does not answer in time.</summary>
    public const string Late = "serve-expired";

    /// <summary>It answers from what has expired before it asks.</summary>
    public const string AtOnce = "serve-expired-at-once";

    /// <summary>For how many seconds after its life an answer may be given where it may at all.</summary>
    const int ExpiredSeconds = 60;

    /// <summary>How long the primary may take where an expired answer is at hand, in milliseconds.</summary>
    const int LateMilliseconds = 500;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EngineSetup> All { get; } =
    [
        new(Fresh, 2, "a primary (BIND, n1) and a resolver (Unbound, n2); records live for 2 s"),
        new(Late, 2, "the same; the resolver gives expired answers when the primary is silent for 500 ms"),
        new(AtOnce, 2, "the same; the resolver gives expired answers before it asks the primary"),
    ];

    /// <summary>What Unbound is told of it.</summary>
    public static IReadOnlyList<string> LinesFor(EngineSetup setup) => setup.Name == Fresh
        ? ["serve-expired: no"]
        :
        [
            "serve-expired: yes",
            $"serve-expired-ttl: {ExpiredSeconds}",
            $"serve-expired-client-timeout: {(setup.Name == Late ? LateMilliseconds : 0)}",
            "serve-expired-reply-ttl: 1",
        ];
}
