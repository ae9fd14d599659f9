using System.Globalization;
using System.Text.Json;
using Steelyard.Histories;

namespace Steelyard.Services.Driving;

/// <summary>
/// One request of a load: what was drawn for it (<see cref="Id"/>, <see cref="Key"/>,
/// <see cref="Tenant"/> …), and what is sent, said word by word. Each word gives a new one.
/// </summary>
public sealed record HttpOperation
{
    readonly Drawn _drawn;

    internal HttpOperation(Drawn drawn) => _drawn = drawn;

    /// <summary>A name that no other operation of the run has: <c>o17</c>.</summary>
    public string Id => _drawn.Id;

    /// <summary>A number that no other operation of the run has; from 1.</summary>
    public long Number => _drawn.Number;

    /// <summary>A Guid that no other operation of the run has, the same for a seed.</summary>
    public Guid Guid => _drawn.Guid;

    /// <summary>One of the keys of the load, <c>k1</c> and so on. Who asks for it says that the operation is
    /// one of this key.</summary>
    public string Key => _drawn.Key;

    /// <summary>One of the tenants of the load, <c>t1</c> and so on.</summary>
    public string Tenant => _drawn.Tenant;

    internal Drawn Draws => _drawn;

    internal HttpMethod? Method { get; private init; }

    internal string Path { get; private init; } = "";

    internal string? Body { get; private init; }

    internal string BodyKind { get; private init; } = "application/json";

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    internal bool HasIdempotencyKey { get; private init; }

    internal IReadOnlyList<string> Hosts { get; private init; } = [];

    internal string? OwnId { get; private init; }

    internal Value Written { get; private init; }

    internal string? ReadPath { get; private init; }

    internal bool ReadsAnswer { get; private init; }

    internal bool ListsApplied { get; private init; }

    internal IReadOnlyList<int> Refusals { get; private init; } = [];

    internal int Repeats { get; private init; }

    internal TimeSpan? Pause { get; private init; }

    internal TimeSpan Limit { get; private init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A whole number, drawn.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest.</param>
    public int Between(int least, int most) => _drawn.Random.Next(least, most + 1);

    /// <summary>A GET.</summary>
    /// <param name="path">What of, from <c>/</c> on, with its query.</param>
    public HttpOperation Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>A POST.</summary>
    /// <param name="path">Where to, from <c>/</c> on.</param>
    public HttpOperation Post(string path) => Send(HttpMethod.Post, path);

    /// <summary>A PUT.</summary>
    /// <param name="path">Where to, from <c>/</c> on.</param>
    public HttpOperation Put(string path) => Send(HttpMethod.Put, path);

    /// <summary>A DELETE.</summary>
    /// <param name="path">What, from <c>/</c> on.</param>
    public HttpOperation Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Any other method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Where to, from <c>/</c> on.</param>
    public HttpOperation Send(HttpMethod method, string path) => this with { Method = method, Path = path };

    /// <summary>Asks these hosts only, one after the other where it is repeated; those of
    /// <see cref="HttpLoad.Hosts"/> when not said.</summary>
    public HttpOperation To(params IReadOnlyList<string> hosts) => this with { Hosts = hosts };

    /// <summary>With a body of JSON, named as in the web: <c>new { Reference = op.Id }</c> is
    /// <c>{"reference":"o17"}</c>.</summary>
    public HttpOperation Json(object body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return this with { Body = JsonSerializer.Serialize(body, body.GetType(), JsonSerializerOptions.Web) };
    }

    /// <summary>With a body as it is.</summary>
    /// <param name="body">The text.</param>
    /// <param name="kind">Its media type.</param>
    public HttpOperation Text(string body, string kind = "text/plain") =>
        this with { Body = body, BodyKind = kind };

    /// <summary>With a header.</summary>
    public HttpOperation Header(string name, string value) =>
        this with { Headers = [.. Headers, new(name, value)] };

    /// <summary>With a key that is the same however often it is sent.</summary>
    /// <param name="key">The key; null is <see cref="Id"/>, or what <see cref="KnownAs"/> says.</param>
    /// <param name="header">Its header.</param>
    public HttpOperation IdempotencyKey(string? key = null, string header = "Idempotency-Key") =>
        Header(header, key ?? OwnId ?? Id) with { HasIdempotencyKey = true };

    /// <summary>Sends it again, to one host after the other, while nobody answers or the answer is 408, 425,
    /// 429 or 5xx; with an idempotency key also while it is 409. Without this it is sent once.</summary>
    /// <param name="times">How often at most, after the first.</param>
    /// <param name="pause">The time between; null is 20 ms at first, doubled up to 640 ms.</param>
    public HttpOperation Retry(int times = 15, TimeSpan? pause = null) => times >= 0
        ? this with { Repeats = times, Pause = pause }
        : throw new UserMistakeException(
            string.Create(CultureInfo.InvariantCulture, $"Retry: expected 0 times or more, found {times}"));

    /// <summary>Waits this long for each answer; 400 ms when not said.</summary>
    public HttpOperation Patience(TimeSpan limit) => limit > TimeSpan.Zero
        ? this with { Limit = limit }
        : throw new UserMistakeException($"Patience: expected a time above 0, found {limit}");

    /// <summary>Says by which id the service lists what it did for this; <see cref="Id"/> when not
    /// said.</summary>
    public HttpOperation KnownAs(object id) =>
        this with { OwnId = Convert.ToString(id, CultureInfo.InvariantCulture) };

    /// <summary>Says which value is written to its key, for promises about reads.</summary>
    public HttpOperation Writes(object value) => this with
    {
        Written = JsonValues.Of(JsonSerializer.SerializeToElement(value, value.GetType())),
    };

    /// <summary>Says what of the answer was read, for promises about reads.</summary>
    /// <param name="property">The place in the JSON, <c>item.price</c>; null is all of it.</param>
    public HttpOperation Reads(string? property = null) =>
        this with { ReadsAnswer = true, ReadPath = property };

    /// <summary>Says that the answer lists whose effects took place, with repeats; of a final read.</summary>
    /// <param name="property">The place of the ids in the JSON, arrays on the way gone through:
    /// <c>payments.reference</c>; null where the answer is the list of ids.</param>
    public HttpOperation Applied(string? property = null) =>
        this with { ListsApplied = true, ReadPath = property };

    /// <summary>Says by which statuses the service says no, as it may: nothing was done, and it is no
    /// failure.</summary>
    public HttpOperation Refused(params IReadOnlyList<int> statuses) => this with { Refusals = statuses };
}
