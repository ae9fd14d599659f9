using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>What keeps requests and sessions through a deploy, or one thing of it that is missing.</summary>
public sealed class WebTierVariant : DesignVariant
{
    WebTierVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<WebTierVariant> All { get; } =
    [
        new("stateless", true, "sessions in a database, hosts that drain, a balancer that checks them"),
        new("in-memory-sessions", false, "each host keeps the sessions it serves in its memory")
        {
            KeepsSessionsInMemory = true,
        },
        new("no-drain", false, "hosts that end at once when they are told to stop") { Drains = false },
        new("no-health-check", false, "a balancer that never asks whether a host is ready")
        {
            ChecksHealth = false,
        },
    ];

    /// <summary>Whether sessions end with the process of their host.</summary>
    internal bool KeepsSessionsInMemory { get; private init; }

    /// <summary>Whether a host says that it is about to stop, and finishes what is open.</summary>
    internal bool Drains { get; private init; } = true;

    /// <summary>Whether the balancer leaves out hosts that are not ready.</summary>
    internal bool ChecksHealth { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static WebTierVariant Find(string name) => Find(All, name);
}
