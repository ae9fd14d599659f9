using System.Text.RegularExpressions;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The cases about the header itself: what a key looks like, whose it is, and how long.</summary>
internal static partial class HeaderCases
{
    const int LongestKey = 255;

    /// <summary>Case 1.</summary>
    public static async Task<CaseResult> Missing(Probe probe)
    {
        var reply = await probe.PostRaw(null, Probe.Body(probe.Settings.Payload, probe.Fresh()));
        return probe.Judge(
            reply.Status == 400 && (reply.Body.Length > 0 || reply.Link is not null),
            $"without a key it answered {reply.Status}");
    }

    /// <summary>Case 7.</summary>
    public static async Task<CaseResult> Syntax(Probe probe)
    {
        if (probe.Settings.SendsBareKeys)
            return probe.Skip("keys are sent without quotes here, as was asked for");
        var id = probe.Fresh();
        var reply = await probe.PostRaw(id, Probe.Body(probe.Settings.Payload, id));
        var effects = await probe.Effects(id);
        return probe.Judge(
            reply.IsRejection && effects is null or 0, $"a key without quotes was answered {reply.Status}");
    }

    /// <summary>Case 9.</summary>
    public static async Task<CaseResult> ExpiryPublished(Probe probe)
    {
        var reply = await probe.PostRaw(null, Probe.Body(probe.Settings.Payload, probe.Fresh()));
        if (reply.Link is null || Target().Match(reply.Link) is not { Success: true } link)
            return probe.Skip("the error links to no documentation: read it yourself");
        var page = await probe.Get(new(probe.Settings.Operations[0], link.Groups["target"].Value));
        var says = page.Body.Contains("expir", StringComparison.OrdinalIgnoreCase)
            || page.Body.Contains("lifetime", StringComparison.OrdinalIgnoreCase);
        return probe.Judge(
            says, $"the documentation says {(says ? "how long keys are kept" : "nothing of it")}");
    }

    /// <summary>Case 10.</summary>
    public static async Task<CaseResult> ReuseAfterExpiry(Probe probe)
    {
        if (probe.Settings.Lifetime is not { } lifetime)
            return probe.Skip("keys are kept for ever, or for longer than anybody waits");
        var id = probe.Fresh();
        await probe.Post(id, id);
        await probe.Delay(lifetime + TimeSpan.FromSeconds(2));
        var again = await probe.Post(id, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            again.IsSuccess && effects is null or 2,
            $"after {lifetime.TotalSeconds} s the key was answered {again.Status}, {Effects(effects)}");
    }

    /// <summary>Case 11.</summary>
    public static async Task<CaseResult> Scope(Probe probe)
    {
        if (probe.Settings.TenantHeader is null)
            return probe.Skip("it is not known how this service tells tenants apart");
        var (key, one, other) = (probe.Fresh(), probe.Fresh(), probe.Fresh());
        var first = await probe.PostRaw(
            probe.Header(key), Probe.Body(probe.Settings.Payload, one), "acme");
        var second = await probe.PostRaw(
            probe.Header(key), Probe.Body(probe.Settings.Payload, other), "initech");
        var effects = await probe.Effects(other);
        return probe.Judge(
            first.IsSuccess && second.IsSuccess && effects is null or 1,
            $"the second tenant was answered {second.Status}, {Effects(effects)}");
    }

    /// <summary>Case 12.</summary>
    public static async Task<CaseResult> Entropy(Probe probe)
    {
        var reply = await probe.PostRaw(
            probe.Header($"{Uuid}{probe.Fresh()}"), Probe.Body(probe.Settings.Payload, probe.Fresh()));
        return probe.Judge(reply.IsSuccess, $"a UUID as key was answered {reply.Status}");
    }

    /// <summary>Case 13.</summary>
    public static async Task<CaseResult> Length(Probe probe)
    {
        var (taken, refused) = (probe.Fresh(), probe.Fresh());
        var longest = await probe.Post(taken.PadRight(LongestKey, 'k'), taken);
        var longer = await probe.Post(refused.PadRight(LongestKey + 1, 'k'), refused);
        var effects = await probe.Effects(refused);
        return probe.Judge(
            longest.IsSuccess && longer.IsRejection && effects is null or 0,
            $"{LongestKey} characters were answered {longest.Status}, {LongestKey + 1} {longer.Status}");
    }

    /// <summary>Case 16.</summary>
    public static async Task<CaseResult> Safe(Probe probe)
    {
        var id = probe.Fresh();
        var address = probe.Settings.Effects ?? probe.Settings.Operations[0];
        var plain = await probe.Get(address);
        var keyed = await probe.Get(address, probe.Header(id));
        var post = await probe.Post(id, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            plain.Status == keyed.Status && post.IsSuccess && effects is null or 1,
            $"GET answered {plain.Status} without the key and {keyed.Status} with it,"
            + $" the POST {post.Status}");
    }

    /// <summary>How many, in words.</summary>
    internal static string Effects(int? effects) => effects switch
    {
        null => "effects not counted",
        1 => "1 effect",
        _ => $"{effects} effects",
    };

    const string Uuid = "8e03978e-40d5-43e8-bc93-6894a57f9324-";

    [GeneratedRegex(@"<(?<target>[^>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();
}
