using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>Tenants who send a request now and then, and one who sends many at once, and more than its
/// quota; and crowds who all want to know the prices at once.</summary>
internal sealed class RateLimitWorkload : IWorkload
{
    /// <summary>The function: requests of a tenant. Key: the tenant; input: how many; output: of each
    /// request its attempts.</summary>
    public const string Call = "call";

    /// <summary>The function: a crowd looks the prices up. Input: how many; output: what those were answered
    /// who were.</summary>
    public const string LookUp = "look-up";

    const int QuietTenants = 4;
    const int RequestsOfNoisy = 10;
    const int NoisyIsOneIn = 6;
    const int Crowd = 24;
    const int CrowdIsOneIn = 20;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Client switch
    {
        var client when client % NoisyIsOneIn == 0 =>
            new(Call, "noisy", Value.Map(("requests", RequestsOfNoisy))),
        var client when client % CrowdIsOneIn == 1 =>
            new(LookUp, "prices", Value.Map(("callers", Crowd))),
        var client => new(Call, Quiet(client), Value.Map(("requests", 1))),
    };

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => [];

    static string Quiet(int client) =>
        "quiet-" + ((client % QuietTenants) + 1).ToString(CultureInfo.InvariantCulture);
}
