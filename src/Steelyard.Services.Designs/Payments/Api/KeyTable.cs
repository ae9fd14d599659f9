using System.Data.Common;
using System.Globalization;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>Idempotency keys beside the ledger, each with the answer that was given under it.</summary>
internal sealed class KeyTable(TimeProvider time, PaymentsPolicy policy)
{
    // The status of a key whose request was begun and not answered.
    const int Started = 0;

    /// <summary>What a request is answered because its key is known.</summary>
    /// <returns>Null for a key that is new, or that has expired.</returns>
    public async Task<PaymentAnswer?> Find(
        DbConnection connection, KeyedPayment request, CancellationToken cancellation)
    {
        var found = await connection.Rows(
            "SELECT fingerprint, status, body FROM keys WHERE tenant = @tenant AND key = @key"
            + " AND expires > @now",
            row => (Print: row.GetString(0), Status: (int)row.GetInt64(1), Body: row.GetString(2)),
            cancellation, ("tenant", request.Tenant), ("key", request.Key), ("now", NowSeconds))
            .ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        var known = found[0];
        return known.Print != request.Fingerprint ? PaymentAnswer.OtherPayload
            : known.Status == Started ? PaymentAnswer.InFlight
            : new(known.Status, known.Body);
    }

    /// <summary>Keeps a key, with its answer; null is none yet.</summary>
    /// <returns>0 where another host has kept it meanwhile, which its own transaction tells only now: what
    /// this one has done must not be committed.</returns>
    public Task<int> Keep(
        DbConnection connection, KeyedPayment request, PaymentAnswer? answer,
        CancellationToken cancellation) =>
        connection.Execute(
            "INSERT INTO keys VALUES (@tenant, @key, @print, @status, @body, @expires)"
            + " ON CONFLICT (tenant, key) DO UPDATE SET fingerprint = excluded.fingerprint,"
            + " status = excluded.status, body = excluded.body, expires = excluded.expires"
            + " WHERE keys.expires <= @now OR (keys.status = 0 AND excluded.status <> 0)",
            cancellation, ("tenant", request.Tenant), ("key", request.Key), ("print", request.Fingerprint),
            ("status", answer?.Status ?? Started), ("body", answer?.Body ?? ""),
            ("expires", NowSeconds + (long)policy.KeyLifetime.TotalSeconds), ("now", NowSeconds));

    long NowSeconds => time.GetUtcNow().ToUnixTimeSeconds();
}

/// <summary>What the service says of its keys.</summary>
/// <param name="KeyLifetime">How long a key is kept at least.</param>
/// <param name="KeysExpire">False where they are kept for ever.</param>
internal sealed record PaymentsPolicy(TimeSpan KeyLifetime, bool KeysExpire)
{
    /// <summary>The longest key that is taken, in characters.</summary>
    public const int LongestKey = 255;

    /// <summary>As told to whoever asks.</summary>
    public string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"header":"Idempotency-Key","longest":{{LongestKey}},"expiresAfterSeconds":{{(KeysExpire
            ? KeyLifetime.TotalSeconds : "null")}}}""");
}
