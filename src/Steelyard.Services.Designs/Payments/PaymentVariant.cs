using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Variants;

namespace Steelyard.Services.Designs.Payments;

/// <summary>A way to make retries safe, or not: what the application is built with.</summary>
public sealed class PaymentVariant : DesignVariant
{
    PaymentVariant(string name, bool isRight, string summary, Func<IServiceProvider, IPaymentTaker> taker)
        : base(name, isRight, summary)
    {
        Taker = taker;
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<PaymentVariant> All { get; } =
    [
        new("key-with-effect", true, "key, effect and answer in one transaction",
            services => new OnceAtATime(Make<KeyWithEffect>(services))),
        new("key-after-effect", false, "the key in a second transaction, after the effect",
            services => new OnceAtATime(Make<KeyAfterEffect>(services))),
        new("key-before-effect", false, "the key in a first transaction, before the effect",
            services => new OnceAtATime(Make<KeyBeforeEffect>(services))),
        new("key-in-async-cache", false, "the key in a cache that is replicated asynchronously",
            services => new OnceAtATime(Make<KeyInAsyncCache>(services))) { NeedsCache = true },
        new("version-bumped", true, "the account is one document, written if its version is as read",
            services => Make<ByVersion>(services, 1)) { KeepsDocuments = true, KeysExpire = false },
        new("version-never-bumped", false, "the same, but no write changes the version",
            services => Make<ByVersion>(services, 0)) { KeepsDocuments = true, KeysExpire = false },
        new("unique-constraint", true, "the key is the charge's own name, and names are unique",
            services => Make<UniqueConstraint>(services)) { KeysExpire = false },
        new("outbox-dedup", true, "charged later by a consumer that notes what it has processed",
            services => new OnceAtATime(Make<PaymentOutbox>(services))) { Consumer = NotingConsumer },
        new("at-least-once", false, "charged later by a consumer that does not",
            services => new OnceAtATime(Make<PaymentOutbox>(services))) { Consumer = PlainConsumer },
        new("none", false, "the key is ignored", services => Make<NoKey>(services)),
    ];

    /// <summary>Whether its keys live in a pair of caches.</summary>
    public bool NeedsCache { get; private init; }

    /// <summary>Makes what takes payments.</summary>
    internal Func<IServiceProvider, IPaymentTaker> Taker { get; }

    /// <summary>Makes what charges them later; null where they are charged at once.</summary>
    internal Func<IServiceProvider, OutboxConsumer>? Consumer { get; private init; }

    /// <summary>Whether effects stand in the documents of the accounts.</summary>
    internal bool KeepsDocuments { get; private init; }

    /// <summary>Whether a key is ever forgotten.</summary>
    internal bool KeysExpire { get; private init; } = true;

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static PaymentVariant Find(string name) => Find(All, name);

    static OutboxConsumer NotingConsumer(IServiceProvider services) => Make<OutboxConsumer>(services, true);

    static OutboxConsumer PlainConsumer(IServiceProvider services) => Make<OutboxConsumer>(services, false);

    static T Make<T>(IServiceProvider services, params object[] arguments) =>
        ActivatorUtilities.CreateInstance<T>(services, arguments);
}
