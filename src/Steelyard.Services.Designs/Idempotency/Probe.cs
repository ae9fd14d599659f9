using System.Globalization;
using System.Text;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>What the suite needs to know of a service.</summary>
public sealed record ProbeSettings
{
    /// <summary>Where the operation under test is, at each of its hosts: it is POSTed to.</summary>
    public required IReadOnlyList<Uri> Operations { get; init; }

    /// <summary>Where effects are listed; every occurrence of a payload's id in quotes is one. Null is
    /// nowhere: then effects are not counted.</summary>
    public Uri? Effects { get; init; }

    /// <summary>A payload that is done; <c>{id}</c> stands for an id of its own.</summary>
    public string Payload { get; init; } = """{"reference":"{id}","from":1,"to":2,"amount":500}""";

    /// <summary>One that is executed and ends with an error; null where there is none.</summary>
    public string? FailingPayload { get; init; }

    /// <summary>Lets the failing payload succeed from now on; null where nothing does.</summary>
    public Uri? Remedy { get; init; }

    /// <summary>One that is rejected before it is executed.</summary>
    public string InvalidPayload { get; init; } = "{";

    /// <summary>The header that names the tenant; null where there is none.</summary>
    public string? TenantHeader { get; init; }

    /// <summary>How long keys are kept, where it is short enough to wait for; null is too long.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether keys are sent without quotes.</summary>
    public bool SendsBareKeys { get; init; }

    /// <summary>Whether ids are Guids, since the service takes no other.</summary>
    internal bool IdsAreGuids { get; init; }

    /// <summary>Counts the effects of an id where no page lists them; null is that one does, or
    /// nobody.</summary>
    internal Func<string, Task<int?>>? CountsEffects { get; init; }

    /// <summary>How long effects may take to show.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; 0 is no answer.</param>
/// <param name="Body">The body.</param>
/// <param name="Link">The header Link; null is none.</param>
internal sealed record Reply(int Status, string Body, string? Link)
{
    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the request was found wrong.</summary>
    public bool IsRejection => Status is >= 400 and < 500;
}

/// <summary>Sends requests for a case and keeps what came back: over the simulated network or a real one, by
/// a virtual clock or a real one.</summary>
internal sealed class Probe(
    ConformanceCase of, ProbeSettings settings, HttpClient http, TimeProvider clock, string run)
{
    const int MostShown = 160;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly List<Exchange> _exchanges = [];
    int _ids;
    int? _effects;

    /// <summary>What it knows of the service.</summary>
    public ProbeSettings Settings => settings;

    /// <summary>How many hosts take the operation.</summary>
    public int Hosts => settings.Operations.Count;

    /// <summary>An id that nothing else has.</summary>
    public string Fresh() => settings.IdsAreGuids
        ? $"{new Guid(of.Id, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, (byte)(++_ids >> 8), (byte)_ids)}"
        : string.Create(CultureInfo.InvariantCulture, $"{run}-{of.Id}-{++_ids}");

    /// <summary>A key as it stands in the header.</summary>
    public string Header(string key) => settings.SendsBareKeys ? key : $"\"{key}\"";

    /// <summary>Sends a good payload under a key.</summary>
    public Task<Reply> Post(string key, string id, int host = 0, TimeSpan? patience = null) =>
        Send(HttpMethod.Post, settings.Operations[host], Header(key), Body(settings.Payload, id), patience);

    /// <summary>Sends a payload under a header as it is; null is none.</summary>
    public Task<Reply> PostRaw(string? header, string body, string? tenant = null) =>
        Send(HttpMethod.Post, settings.Operations[0], header, body, null, tenant);

    /// <summary>Gets a page, with a key.</summary>
    public Task<Reply> Get(Uri address, string? header = null) =>
        Send(HttpMethod.Get, address, header, null, null);

    /// <summary>Lets the failing payload succeed.</summary>
    public Task<Reply> Put(Uri remedy) => Send(HttpMethod.Post, remedy, null, null, null);

    /// <summary>A payload with its id.</summary>
    public static string Body(string payload, string id) =>
        payload.Replace("{id}", id, StringComparison.Ordinal);

    /// <summary>Waits by the clock.</summary>
    public Task Delay(TimeSpan time) => Task.Delay(time, clock);

    /// <summary>Counts the effects of an id, once they had time to show.</summary>
    /// <returns>Null where they are not listed or nobody answered.</returns>
    public async Task<int?> Effects(string id)
    {
        if (settings.Effects is null && settings.CountsEffects is null)
            return null;
        await Delay(settings.Settle);
        if (settings.CountsEffects is { } count)
            return _effects = await count(id);
        var reply = await Get(settings.Effects!);
        return _effects = reply.IsSuccess ? Occurrences(reply.Body, $"\"{id}\"") : null;
    }

    /// <summary>As expected.</summary>
    public CaseResult Pass(string explanation) => Ended(CaseOutcome.Pass, explanation);

    /// <summary>Not as expected.</summary>
    public CaseResult Fail(string explanation) => Ended(CaseOutcome.Fail, explanation);

    /// <summary>Not tried.</summary>
    public CaseResult Skip(string why) => Ended(CaseOutcome.Skip, why);

    /// <summary>One or the other.</summary>
    public CaseResult Judge(bool isExpected, string explanation) =>
        isExpected ? Pass(explanation) : Fail(explanation);

    CaseResult Ended(CaseOutcome outcome, string explanation) =>
        new(of, outcome, explanation, _exchanges, _effects);

    async Task<Reply> Send(
        HttpMethod method, Uri address, string? header, string? body, TimeSpan? patience,
        string? tenant = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", header);
        if (tenant is not null && settings.TenantHeader is { } name)
            request.Headers.TryAddWithoutValidation(name, tenant);
        foreach (var (other, value) in settings.Headers)
            request.Headers.TryAddWithoutValidation(other, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var reply = await Reply(request, patience ?? Patience);
        var keyed = header is null ? "" : $" key {Shown(header)}";
        var from = tenant is null ? "" : $" tenant {tenant}";
        _exchanges.Add(new(
            $"{method} {address}{keyed}{from}{(body is null ? "" : $" {Shown(body)}")}",
            reply.Status == 0 ? "no answer" : $"{reply.Status} {Shown(reply.Body)}".TrimEnd()));
        return reply;
    }

    async Task<Reply> Reply(HttpRequestMessage request, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            var link = answer.Headers.TryGetValues("Link", out var links) ? links.First() : null;
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token), link);
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
        {
            return new(0, "", null);
        }
    }

    static string Shown(string text) =>
        text.Length <= MostShown ? text : $"{text[..MostShown]}… ({text.Length} characters)";

    static int Occurrences(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0;
             at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }
}
