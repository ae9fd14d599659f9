using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Designs.WebTier.Api;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>Visitors, each with a session of their own, who write into it and read it.</summary>
internal sealed class WebTierWorkload : IWorkload
{
    const double WriteShare = 0.4;

    long _last;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(WriteShare)
        ? new(Functions.Write, SessionOf(turn), ++_last)
        : new(Functions.Read, SessionOf(turn), Value.Nil);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        [new(Functions.Read, SessionOf(turn), Value.Nil)];

    static Value SessionOf(in Turn turn) => "s" + turn.Client.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A browser: it asks the balancer, once, and shows what comes.</summary>
internal sealed class WebTierClient(IClientWorld world, IReadOnlyList<string> hosts)
    : HttpServiceClient(world, hosts)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public override async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var isWrite = invocation.Function == Functions.Write;
        var query = isWrite ? $"?value={invocation.Input.AsInteger}" : "";
        var address = $"http://{WebTierScenario.Balancer}/page{query}";
        using var request = new HttpRequestMessage(isWrite ? HttpMethod.Post : HttpMethod.Get, address);
        request.Headers.Add("Cookie", $"{SiteApi.Cookie}={invocation.Key.AsText}");
        using var limit = After(Patience);
        try
        {
            using var answer = await Http.SendAsync(request, limit.Token);
            if (!answer.IsSuccessStatusCode)
                return Completion.Info($"answered {(int)answer.StatusCode}");
            var page = await answer.Content.ReadAsStringAsync(limit.Token);
            return Completion.Ok(
                page.Length == 0 ? Value.Nil : long.Parse(page, CultureInfo.InvariantCulture));
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
        {
            return Completion.Info("no answer");
        }
    }
}
