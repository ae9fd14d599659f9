using Steelyard.Histories;

namespace Steelyard.Services.Designs.RateLimit.Api;

/// <summary>A price list, as a host of the API has it from the backend.</summary>
/// <param name="HostSince">When that host started, by its clock, in ticks: what it held before a crash is
/// gone.</param>
/// <param name="Edition">Which list: the backend gives each that it computes another number.</param>
internal sealed record Prices(long HostSince, long Edition)
{
    /// <summary>How long a host keeps one.</summary>
    public static readonly TimeSpan Last = TimeSpan.FromSeconds(2);

    /// <summary>For the history, with the host that answered.</summary>
    public Value ToValue(string host) =>
        Value.Map(("host", host), ("since", HostSince), ("edition", Edition));

    /// <summary>What the callers of a look-up were answered, each with the host and its life.</summary>
    public static IEnumerable<((string Host, long Since) Life, long Edition)> In(Operation lookUp) =>
        lookUp.Output.IsNil
            ? []
            : lookUp.Output.AsList.ToArray().Select(answer => (
                (answer["host"].AsText, answer["since"].AsInteger), answer["edition"].AsInteger));
}
