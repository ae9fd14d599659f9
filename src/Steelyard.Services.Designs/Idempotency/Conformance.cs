using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>
/// The idempotency conformance suite: what draft-ietf-httpapi-idempotency-key-header, Stripe's API and the
/// loss of power ask of a service that says its retries are safe.
/// </summary>
public static class Conformance
{
    /// <summary>The ways to build the payments sample, the default first.</summary>
    public static IReadOnlyList<string> Variants { get; } =
        [.. PaymentVariant.All.Select(variant => variant.Name)];

    /// <summary>Runs the suite against the payments sample, in the services world: crashes
    /// included.</summary>
    /// <param name="variant">How the sample makes retries safe, or not: one of
    /// <see cref="Variants"/>.</param>
    /// <param name="seed">The worlds grow from it.</param>
    /// <param name="progress">Told of each case before it is run; null is nobody.</param>
    /// <param name="cancellation">Ends it between two cases, by an
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserMistakeException">There is no such variant.</exception>
    public static ConformanceResult Run(
        string variant, Seed seed, IProgress<ConformanceCase>? progress = null,
        CancellationToken cancellation = default)
    {
        var suite = new SampleSuite(PaymentVariant.All.Named(variant), seed);
        return Run($"payments --variant {variant}", suite.Run, progress, cancellation);
    }

    /// <summary>Runs the suite against the hosts of a scenario of services, in the services world: crashes
    /// included. Its load says how a request with a key is made, and where effects are listed.</summary>
    /// <param name="build">Puts the scenario together.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="seed">The worlds grow from it.</param>
    /// <param name="progress">Told of each case before it is run; null is nobody.</param>
    /// <param name="cancellation">Ends it between two cases, by an
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserMistakeException">It does not say how to ask with a key.</exception>
    public static ConformanceResult Run(
        Action<ServicesWorld> build, string name, Seed seed, IProgress<ConformanceCase>? progress = null,
        CancellationToken cancellation = default) =>
        Run(name, new AppSuite(new(build, name, seed)).Run, progress, cancellation);

    static ConformanceResult Run(
        string name, Func<ConformanceCase, CaseResult> run, IProgress<ConformanceCase>? progress,
        CancellationToken cancellation)
    {
        var results = new List<CaseResult>();
        foreach (var of in ConformanceCase.All)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(of);
            results.Add(run(of));
        }

        return new(name, results);
    }

    /// <summary>Runs against a live service what can be done from outside.</summary>
    /// <param name="settings">How it is asked.</param>
    /// <param name="progress">Told of each case before it is run; null is nobody.</param>
    /// <param name="cancellation">Ends it between two cases, by an
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserMistakeException">Nobody answers there.</exception>
    public static async Task<ConformanceResult> Run(
        ProbeSettings settings, IProgress<ConformanceCase>? progress = null,
        CancellationToken cancellation = default)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        // Keys that an earlier run used would be answered from store.
        var run = $"steelyard-{Guid.NewGuid():N}"[..20];
        var results = new List<CaseResult>();
        foreach (var of in ConformanceCase.All)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(of);
            var probe = new Probe(of, settings, http, TimeProvider.System, run);
            var result = OutsideCases.Of(of) is { } act
                ? await act(probe).ConfigureAwait(false)
                : probe.Skip("it takes crashes at chosen moments: only a sample can be treated so");
            MustAnswer(settings, result);
            results.Add(result);
        }

        return new(settings.Operations[0].ToString(), results);
    }

    static void MustAnswer(ProbeSettings settings, CaseResult result)
    {
        if (result is { Case.Id: 1, Exchanges: [{ Came: "no answer" }] })
            throw new UserMistakeException(
                $"--url: expected a service at {settings.Operations[0]}, found nobody that answers");
    }
}
