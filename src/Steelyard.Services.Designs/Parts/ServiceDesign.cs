using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// A service: its hosts stand as they are, and whoever runs it chooses one of its variants. What is derived
/// says which hosts there are, who asks what of them, what is promised, and what breaks in its story.
/// </summary>
/// <typeparam name="TVariant">What it is built with.</typeparam>
/// <param name="variants">The default first.</param>
/// <param name="choice">What a variant decides, for the help.</param>
internal abstract class ServiceDesign<TVariant>(IReadOnlyList<TVariant> variants, string choice)
    : IServiceDesign
    where TVariant : ServiceVariant
{
    const string Variant = "variant";

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract string Story { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
        [DesignOption.Choice(Variant, choice, [.. variants.Select(variant => variant.Name)])];

    /// <inheritdoc/>
    public IReadOnlyList<ServiceVariant> Variants => variants;

    /// <summary>Its hosts in a few words: <c>two hosts and a database</c>.</summary>
    protected abstract string Cluster { get; }

    /// <summary>What must hold.</summary>
    protected abstract IReadOnlyList<IChecker> Promises { get; }

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        if (options.Common.Nodes is not null)
            throw new UserMistakeException($"--nodes: expected none, since {Name} has hosts of its own");
        var variant = variants.Named(options.Choice(Variant));
        var scenario = AddTo(new(), variant, options.Common)
            .ToScenario(Name, $"{Cluster}: {variant.Summary}");
        var limit = options.Common.Slo ?? scenario.Promises.AnswerLimit;
        return scenario with
        {
            Promises = scenario.Promises with { AnswerLimit = limit },
            StoryFaults = StoryFaults(variant, scenario.Load.Duration),
        };
    }

    /// <inheritdoc/>
    public ServicesWorld AddTo(ServicesWorld world, string variant, CommonOptions options) =>
        AddTo(world, variants.Named(variant), options);

    /// <inheritdoc/>
    public KnownGuarantee? KnownOf(DesignOptions options)
    {
        var variant = variants.Named(options.Choice(Variant));
        return new(
            $"{char.ToUpperInvariant(variant.Summary[0])}{variant.Summary[1..]}.", null,
            variant.Twin is { } twin
                ? $"you want to see what the one thing in which it differs from {twin} is worth"
                : "its mechanism is the one that your stack has; it is meant to keep every promise");
    }

    /// <summary>Adds the hosts, and says which faults they tolerate.</summary>
    protected abstract void AddHosts(ServicesWorld world, TVariant variant);

    /// <summary>Who asks what.</summary>
    /// <param name="variant">What the clients may have to know of.</param>
    /// <param name="clients">How many clients whoever runs it wants; null is the service's own
    /// number.</param>
    protected abstract ServicesLoad LoadOf(TVariant variant, int? clients);

    /// <summary>What breaks in its story.</summary>
    protected abstract FaultPlan StoryFaults(TVariant variant, TimeSpan duration);

    ServicesWorld AddTo(ServicesWorld world, TVariant variant, CommonOptions options)
    {
        AddHosts(world, variant);
        var load = LoadOf(variant, options.Clients);
        return world
            .Drive(load with
            {
                Clients = options.Clients ?? load.Clients,
                RatePerSecond = options.RatePerSecond ?? load.RatePerSecond,
                Duration = options.Duration ?? load.Duration,
            })
            .Expect(Promises);
    }
}
