using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Payments.Variants;

/// <summary>A way to make retries safe, or not: what the application is built with.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Summary">A few words on it.</param>
/// <param name="Taker">Makes what takes payments.</param>
internal sealed record PaymentVariant(
    string Name, string Summary, Func<IServiceProvider, IPaymentTaker> Taker)
    : ServiceVariant(Name, Summary)
{
    static readonly PaymentVariant s_keyWithEffect = new(
        "key-with-effect", "key, effect and answer in one transaction", OnceAtATime<KeyWithEffect>);

    static readonly PaymentVariant s_versionBumped = new(
        "version-bumped", "the account is one document, written if its version is as read",
        services => Make<ByVersion>(services, 1)) { KeepsDocuments = true, KeysExpire = false };

    static readonly PaymentVariant s_outboxDedup = new(
        "outbox-dedup", "charged later by a consumer that notes what it has processed",
        OnceAtATime<PaymentOutbox>) { Consumer = services => Make<OutboxConsumer>(services, true) };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<PaymentVariant> All { get; } =
    [
        s_keyWithEffect,
        s_keyWithEffect.Wrong("key-after-effect", "the key in a second transaction, after the effect") with
        {
            Taker = OnceAtATime<KeyAfterEffect>,
        },
        s_keyWithEffect.Wrong("key-before-effect", "the key in a first transaction, before the effect") with
        {
            Taker = OnceAtATime<KeyBeforeEffect>,
        },
        s_keyWithEffect.Wrong(
            "key-in-async-cache", "the key in a cache that is replicated asynchronously") with
        {
            Taker = OnceAtATime<KeyInAsyncCache>,
            NeedsCache = true,
        },
        s_versionBumped,
        s_versionBumped.Wrong("version-never-bumped", "the same, but no write changes the version") with
        {
            Taker = services => Make<ByVersion>(services, 0),
        },
        new("unique-constraint", "the key is the charge's own name, and names are unique",
            services => Make<UniqueConstraint>(services)) { KeysExpire = false },
        s_outboxDedup,
        s_outboxDedup.Wrong("at-least-once", "charged later by a consumer that does not") with
        {
            Consumer = services => Make<OutboxConsumer>(services, false),
        },
        s_keyWithEffect.Wrong("none", "the key is ignored") with
        {
            Taker = services => Make<NoKey>(services),
        },
    ];

    /// <summary>Whether its keys live in a pair of caches.</summary>
    public bool NeedsCache { get; init; }

    /// <summary>Makes what charges them later; null where they are charged at once.</summary>
    public Func<IServiceProvider, OutboxConsumer>? Consumer { get; init; }

    /// <summary>Whether effects stand in the documents of the accounts.</summary>
    public bool KeepsDocuments { get; init; }

    /// <summary>Whether a key is ever forgotten.</summary>
    public bool KeysExpire { get; init; } = true;

    static OnceAtATime OnceAtATime<T>(IServiceProvider services)
        where T : IPaymentTaker => new(Make<T>(services));

    static T Make<T>(IServiceProvider services, params object[] arguments) =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);
}
