using static Steelyard.Services.Designs.Idempotency.HeaderCases;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The cases about requests that come again: later, at once, changed, or given up.</summary>
internal static class RetryCases
{
    const int Racers = 100;
    const int Writers = 10;

    // A client that gives up at each of these finds the service at one stage of its work or another.
    static readonly double[] s_patienceMs =
        [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9, 10, 12, 15, 20];

    /// <summary>Case 2.</summary>
    public static async Task<CaseResult> First(Probe probe)
    {
        var id = probe.Fresh();
        var reply = await probe.Post(id, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            reply.IsSuccess && effects is null or 1, $"answered {reply.Status}, {Effects(effects)}");
    }

    /// <summary>Case 3.</summary>
    public static async Task<CaseResult> AfterCompletion(Probe probe)
    {
        var id = probe.Fresh();
        var first = await probe.Post(id, id);
        var again = await probe.Post(id, id, probe.Hosts - 1);
        var effects = await probe.Effects(id);
        var isSame = again.Status == first.Status && again.Body == first.Body;
        return probe.Judge(
            first.IsSuccess && isSame && effects is null or 1,
            $"the retry was answered {(isSame ? "the same" : "otherwise")}, {Effects(effects)}");
    }

    /// <summary>Case 4.</summary>
    public static async Task<CaseResult> AfterError(Probe probe)
    {
        if (probe.Settings.FailingPayload is not { } payload)
            return probe.Skip("no payload is known that is executed and fails");
        var id = probe.Fresh();
        var first = await probe.PostRaw(probe.Header(id), Probe.Body(payload, id));
        if (probe.Settings.Remedy is { } remedy)
            await probe.Put(remedy);
        var again = await probe.PostRaw(probe.Header(id), Probe.Body(payload, id));
        var effects = await probe.Effects(id);
        return probe.Judge(
            !first.IsSuccess && again.Status == first.Status && again.Body == first.Body,
            $"the error was {first.Status}, the retry was answered {again.Status}, {Effects(effects)}");
    }

    /// <summary>Case 5.</summary>
    public static async Task<CaseResult> OtherPayload(Probe probe)
    {
        var (key, other) = (probe.Fresh(), probe.Fresh());
        await probe.Post(key, key);
        var reply = await probe.Post(key, other);
        var effects = await probe.Effects(other);
        return probe.Judge(
            reply.Status == 422 && effects is null or 0,
            $"another payload was answered {reply.Status}, {Effects(effects)}");
    }

    /// <summary>Case 6.</summary>
    public static async Task<CaseResult> AtOnce(Probe probe)
    {
        var id = probe.Fresh();
        var replies = await Task.WhenAll(probe.Post(id, id), probe.Post(id, id));
        var effects = await probe.Effects(id);
        var conflicts = replies.Count(reply => reply.Status == 409);
        return probe.Judge(
            conflicts == 1 && effects is null or 1,
            $"of two at once, {(conflicts == 0 ? "none" : conflicts)} was told of the other by 409,"
            + $" {Effects(effects)}");
    }

    /// <summary>Case 8.</summary>
    public static async Task<CaseResult> Misused(Probe probe)
    {
        var (key, other) = (probe.Fresh(), probe.Fresh());
        var first = await probe.Post(key, key);
        await probe.Post(key, other);
        var again = await probe.Post(key, key);
        var effects = await probe.Effects(key);
        return probe.Judge(
            again.Status == first.Status && again.Body == first.Body && effects is null or 1,
            $"after the misuse the first payload was answered {again.Status}, {Effects(effects)}");
    }

    /// <summary>Case 14.</summary>
    public static async Task<CaseResult> PutRight(Probe probe)
    {
        var id = probe.Fresh();
        var wrong = await probe.PostRaw(
            probe.Header(id), Probe.Body(probe.Settings.InvalidPayload, id));
        var right = await probe.Post(id, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            wrong.IsRejection && right.IsSuccess && effects is null or 1,
            $"rejected with {wrong.Status}, put right it was answered {right.Status}, {Effects(effects)}");
    }

    /// <summary>Case 15.</summary>
    public static async Task<CaseResult> AfterConflict(Probe probe)
    {
        var id = probe.Fresh();
        var replies = await Task.WhenAll(probe.Post(id, id), probe.Post(id, id));
        if (!Array.Exists(replies, reply => reply.Status == 409))
            return probe.Skip("no request was told of a conflict");
        var again = await probe.Post(id, id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            again.IsSuccess && effects is null or 1,
            $"after the conflict it was answered {again.Status}, {Effects(effects)}");
    }

    /// <summary>Case 20.</summary>
    public static async Task<CaseResult> Race(Probe probe)
    {
        var id = probe.Fresh();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, Racers).Select(racer => probe.Post(id, id, racer % probe.Hosts)));
        var effects = await probe.Effects(id);
        var answers = replies.Where(reply => reply.IsSuccess).Select(reply => reply.Body).Distinct().ToList();
        var conflicts = replies.Count(reply => reply.Status == 409);
        var rest = replies.Count(reply => !reply.IsSuccess && reply.Status != 409);
        return probe.Judge(
            answers.Count == 1 && rest == 0 && effects is null or 1,
            $"{Racers} at once: {Racers - conflicts - rest} done with {Distinct(answers.Count)}, {conflicts}"
            + $" told of a conflict, {rest} otherwise, {Effects(effects)}");
    }

    /// <summary>Case 21.</summary>
    public static async Task<CaseResult> GivenUp(Probe probe)
    {
        var givenUp = new List<(double Patience, string Id)>();
        foreach (var patience in s_patienceMs)
        {
            var id = probe.Fresh();
            await probe.Post(id, id, patience: TimeSpan.FromMilliseconds(patience));
            givenUp.Add((patience, id));
        }

        // Only now: what a service holds for a while is waited for together.
        foreach (var (patience, id) in givenUp)
        {
            var again = await UntilAnswered(probe, id);
            var effects = await probe.Effects(id);
            if (!again.IsSuccess || effects is not (null or 1))
                return probe.Fail(
                    $"given up after {patience} ms, the retry was answered {again.Status},"
                    + $" {Effects(effects)}");
        }

        return probe.Pass(
            $"given up at {s_patienceMs.Length} moments, each retry was answered, 1 effect each");
    }

    /// <summary>Case 22.</summary>
    public static async Task<CaseResult> OtherKey(Probe probe)
    {
        var id = probe.Fresh();
        await probe.Post(probe.Fresh(), id);
        var second = await probe.Post(probe.Fresh(), id);
        var effects = await probe.Effects(id);
        return probe.Judge(
            second.IsSuccess && effects is null or 2,
            $"under another key the same wish was answered {second.Status}, {Effects(effects)}");
    }

    /// <summary>Case 25.</summary>
    public static async Task<CaseResult> Writing(Probe probe)
    {
        var ids = Enumerable.Range(0, Writers).Select(_ => probe.Fresh()).ToList();
        var replies = await Task.WhenAll(ids.Select((id, at) => probe.Post(id, id, at % probe.Hosts)));
        for (var at = 0; at < Writers; at++)
            if (replies[at].IsSuccess && await probe.Effects(ids[at]) is { } effects and not 1)
                return probe.Fail(
                    $"of {Writers} payments at once from one account, {ids[at]} was acknowledged,"
                    + $" {Effects(effects)}");
        return probe.Settings is { Effects: null, CountsEffects: null }
            ? probe.Skip("effects are not listed")
            : probe.Pass($"each acknowledged one of {Writers} payments at once from one account is there");
    }

    /// <summary>Asks until it is answered with something other than "later".</summary>
    internal static async Task<Reply> UntilAnswered(Probe probe, string id, int tries = 40)
    {
        Reply reply;
        var host = 0;
        do
        {
            await probe.Delay(TimeSpan.FromMilliseconds(400));
            reply = await probe.Post(id, id, host++ % probe.Hosts, TimeSpan.FromMilliseconds(400));
        }
        while (reply.Status is 0 or 409 or >= 500 && --tries > 0);

        return reply;
    }

    static string Distinct(int answers) => answers == 1 ? "one answer" : $"{answers} different answers";
}
