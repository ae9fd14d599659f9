using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.WebTier.Variants;

/// <summary>What keeps requests and sessions through a deploy, or one thing of it that is missing.</summary>
internal sealed record WebTierVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly WebTierVariant s_stateless = new(
        "stateless", "sessions in a database, hosts that drain, a balancer that checks them");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<WebTierVariant> All { get; } =
    [
        s_stateless,
        s_stateless.Wrong("in-memory-sessions", "each host keeps the sessions it serves in its memory") with
        {
            KeepsSessionsInMemory = true,
        },
        s_stateless.Wrong("no-drain", "hosts that end at once when they are told to stop") with
        {
            Drains = false,
        },
        s_stateless.Wrong("no-health-check", "a balancer that never asks whether a host is ready") with
        {
            ChecksHealth = false,
        },
    ];

    /// <summary>Whether sessions end with the process of their host.</summary>
    public bool KeepsSessionsInMemory { get; init; }

    /// <summary>Whether a host says that it is about to stop, and finishes what is open.</summary>
    public bool Drains { get; init; } = true;

    /// <summary>Whether the balancer leaves out hosts that are not ready.</summary>
    public bool ChecksHealth { get; init; } = true;
}
