using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>Tenants who send a request now and then, and one
/// who sends many at once, and more than its quota.</summary>
internal sealed class RateLimitWorkload : IWorkload
{
    /// <summary>The function: requests of a tenant. Key: the tenant; input: how many; output: of each
    /// request its attempts.</summary>
    public const string Call = "call";

    const int QuietTenants = 4;
    const int RequestsOfNoisy = 10;
    const int NoisyIsOneIn = 6;

    /// <inheritdoc/>
    public Invocation? Next(in Turn turn) => turn.Client % NoisyIsOneIn == 0
        ? new(Call, "noisy", Value.Map(("requests", RequestsOfNoisy)))
        : new(Call, Quiet(turn.Client), Value.Map(("requests", 1)));

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => [];

    static string Quiet(int client) =>
        "quiet-" + ((client % QuietTenants) + 1).ToString(CultureInfo.InvariantCulture);
}
