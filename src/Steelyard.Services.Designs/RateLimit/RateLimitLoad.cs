using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Designs.RateLimit.Api;
using Steelyard.Services.Designs.RateLimit.Promises;
using Steelyard.Services.Designs.RateLimit.Variants;
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

/// <summary>A client of a tenant: sends one request, or many at once, and each again when it failed. It notes
/// every attempt: when it was sent, when and what was answered. A crowd asks once for the prices.</summary>
internal sealed class RateLimitClient(
    IClientWorld world, IReadOnlyList<string> hosts, RateLimitVariant variant)
    : HttpServiceClient(world, hosts)
{
    const int MostAttempts = 5;

    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    readonly RetryBudget _budget = new();

    /// <inheritdoc/>
    public override async ValueTask<Completion> Invoke(Invocation invocation) =>
        invocation.Function == RateLimitWorkload.LookUp
            ? await LookUp((int)invocation.Input["callers"].AsInteger)
            : await Call(invocation);

    async Task<Completion> Call(Invocation invocation)
    {
        var begunAt = World.Clock.GetTimestamp();
        var requests = Enumerable.Range(0, (int)invocation.Input["requests"].AsInteger)
            .Select(_ => Request(invocation.Key.AsText, begunAt)).ToList();
        var attempts = await Task.WhenAll(requests);
        var output = Value.List([.. attempts.Select(Attempt.ToValue)]);
        var failed = attempts.FirstOrDefault(all => all[^1].Status != (int)HttpStatusCode.OK);
        return failed is null
            ? Completion.Ok(output)
            : new(Outcome.Fail, output, failed[^1].IsRejected ? "rejected" : "not done");
    }

    async Task<List<Attempt>> Request(string tenant, long begunAt)
    {
        _budget.Deposit();
        var attempts = new List<Attempt>();
        while (true)
        {
            var last = await Try(tenant, begunAt);
            attempts.Add(last);
            var isLast = last.Status == (int)HttpStatusCode.OK || attempts.Count == MostAttempts
                || (variant.HasBudget && !_budget.Withdraw());
            if (isLast)
                return attempts;
            await World.Delay(Pause(attempts));
        }
    }

    async Task<Attempt> Try(string tenant, long begunAt)
    {
        var host = World.Random.Choose(RateLimitScenario.Hosts);
        var sentMs = (long)MsSince(begunAt);
        try
        {
            using var limit = After(Patience);
            using var answer = await Http.GetAsync($"http://{host}/work?tenant={tenant}", limit.Token);
            return new(
                sentMs, Rounded(MsSince(begunAt)), (int)answer.StatusCode,
                (long)(answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0));
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return new(sentMs, Rounded(MsSince(begunAt)), 0, 0);
        }
    }

    async Task<Completion> LookUp(int callers)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => LookUp()).ToList());
        List<Value> answered = [.. answers.OfType<Value>()];
        var output = Value.List([.. answered]);
        return answered.Count == callers
            ? Completion.Ok(output)
            : new(Outcome.Fail, output, $"{callers - answered.Count} without prices");
    }

    // Null where there was no answer.
    async Task<Value?> LookUp()
    {
        var host = World.Random.Choose(RateLimitScenario.Hosts);
        try
        {
            using var limit = After(Patience);
            var prices = await Http.GetFromJsonAsync<Prices>($"http://{host}/prices", limit.Token);
            return prices!.ToValue(host);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    // Full jitter; and never before the time it was told.
    TimeSpan Pause(List<Attempt> attempts)
    {
        var backoff = FirstPause * Math.Pow(2, attempts.Count - 1) * World.Random.NextDouble();
        return variant.HonoursRetryAfter
            ? TimeSpan.FromSeconds(attempts[^1].RetryAfterSeconds) + backoff
            : backoff;
    }

    double MsSince(long begunAt) => World.Clock.GetElapsedTime(begunAt).TotalMilliseconds;

    static long Rounded(double ms) => (long)Math.Ceiling(ms);
}
