using System.Security.Cryptography;
using System.Text;

namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>What a client wants paid, as it stands in the body of its request.</summary>
/// <param name="Reference">The client's name for it: one wish, however often it is sent.</param>
/// <param name="From">The account that pays.</param>
/// <param name="To">The account that is paid.</param>
/// <param name="Amount">In cents; above 0.</param>
internal sealed record Payment(string? Reference, int From, int To, long Amount)
{
    /// <summary>What is wrong with it before anybody looks at the ledger; null is nothing.</summary>
    public string? Problem => string.IsNullOrEmpty(Reference) ? "reference: expected a text, found none"
        : Amount <= 0 ? FormattableString.Invariant($"amount: expected cents above 0, found {Amount}")
        : From is < 1 or > Ledger.Accounts ? $"from: expected an account in 1..{Ledger.Accounts}"
        : null;
}

/// <summary>A payment and the key it was sent under.</summary>
/// <param name="Tenant">Whose key: two tenants may use the same one.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Payment">The payload.</param>
internal sealed record KeyedPayment(string Tenant, string Key, Payment Payment)
{
    /// <summary>The same for the same payload, so that a key used for another one is noticed.</summary>
    public string Fingerprint { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        FormattableString.Invariant(
            $"{Payment.Reference}\n{Payment.From}\n{Payment.To}\n{Payment.Amount}"))))[..16];
}

/// <summary>What is answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON.</param>
internal sealed record PaymentAnswer(int Status, string Body)
{
    /// <summary>It is paid.</summary>
    public static PaymentAnswer Paid(long number, string reference) =>
        Of(201, $$"""{"payment":{{number}},"reference":"{{reference}}","status":"paid"}""");

    /// <summary>It will be paid.</summary>
    public static PaymentAnswer Accepted(string reference) =>
        Of(202, $$"""{"reference":"{{reference}}","status":"accepted"}""");

    /// <summary>The account cannot pay it.</summary>
    public static PaymentAnswer Refused(long balance) =>
        Of(402, $$"""{"title":"insufficient funds","balance":{{balance}}}""");

    /// <summary>The same key is being worked on.</summary>
    public static PaymentAnswer InFlight { get; } =
        Of(409, """{"title":"a request with this key is still being processed"}""");

    /// <summary>The key was used for something else.</summary>
    public static PaymentAnswer OtherPayload { get; } =
        Of(422, """{"title":"this key was used for another payload"}""");

    /// <summary>Whether the account could not pay.</summary>
    public bool IsRefusal => Status == 402;

    static PaymentAnswer Of(int status, string body) => new(status, body);
}

/// <summary>Takes payments: each way to make retries safe, or not, is one of these.</summary>
internal interface IPaymentTaker
{
    /// <summary>Takes one, or answers as before.</summary>
    Task<PaymentAnswer> Take(KeyedPayment request, CancellationToken cancellation);
}
