using System.Globalization;
using System.Net;
using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>What a status says of whether the request took effect.</summary>
internal static class StatusOutcome
{
    /// <summary>2xx: it did. A refusal: it did not, and will not. All else: nobody knows; a 408 or a 5xx may
    /// come from whoever stands between, and 1xx and 3xx say nothing of it.</summary>
    public static Outcome Of(int status) => status switch
    {
        >= 200 and < 300 => Outcome.Ok,
        (>= 400 and <= 407) or (>= 409 and <= 418) or (>= 421 and <= 423) or 426 or 428 or 429 or 431
            or 451 => Outcome.Fail,
        _ => Outcome.Info,
    };

    /// <summary>Whether it tells a compare-and-set that its compare did not match.</summary>
    public static bool IsMismatch(string function, int status) =>
        function == Functions.Cas && status is 409 or 412;

    /// <summary>As <c>409 Conflict</c>.</summary>
    public static string Describe(int status)
    {
        var name = (HttpStatusCode)status;
        return Enum.IsDefined(name)
            ? string.Create(CultureInfo.InvariantCulture, $"{status} {name}")
            : status.ToString(CultureInfo.InvariantCulture);
    }
}
