using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Dns;

/// <summary>What was chosen of DNS besides its set-up.</summary>
internal static class DnsChoices
{
    /// <summary>How long an answer lives, in seconds.</summary>
    public const int TtlSeconds = 2;

    /// <summary>How long after that an outdated answer may be given where it may at all.</summary>
    public const int ExpiredSeconds = 60;

    const string Expired = "serve-expired";

    /// <summary>The options, as on the command line.</summary>
    public static IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Expired,
            "Whether the resolver answers from what has expired: off; late, when the primary has not answered"
            + " for half a second; at-once, before it is asked",
            "off", "late", "at-once"),
    ];

    /// <summary>What Unbound is told of it.</summary>
    public static IReadOnlyList<string> LinesFor(EngineSetup setup)
    {
        var chosen = setup.Chosen.GetValueOrDefault(Expired, "off");
        return chosen == "off" ? ["serve-expired: no"] :
        [
            "serve-expired: yes",
            $"serve-expired-ttl: {ExpiredSeconds}",
            $"serve-expired-client-timeout: {(chosen == "late" ? 500 : 0)}",
            "serve-expired-reply-ttl: 1",
        ];
    }
}
