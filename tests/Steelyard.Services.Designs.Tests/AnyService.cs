using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Tests;

/// <summary>Any variant of any service, as one design that worker processes find in this assembly.</summary>
public sealed class AnyService : IDesign
{
    /// <summary>The option that says which service.</summary>
    public const string Service = "service";

    /// <summary>The option that says which variant of it.</summary>
    public const string Variant = "variant";

    public string Name => "any-service";

    public string Summary => "Any variant of any service.";

    public string Story => "That of the service.";

    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Service, "which service", [.. ServiceCatalogue.Services.Select(service => service.Name)]),
        DesignOption.Choice(
            Variant, "which of its variants",
            [
                .. ServiceCatalogue.Services.SelectMany(service => service.Variants)
                    .Select(variant => variant.Name).Distinct(),
            ]),
    ];

    public Scenario Build(DesignOptions options)
    {
        var service = ServiceCatalogue.Services.Single(any => any.Name == options.Choice(Service));
        return service.Build(new(
            service, options.Common,
            new Dictionary<string, string> { [Variant] = options.Choice(Variant) }));
    }

    /// <summary>All variants of all services that are right, or all that are wrong.</summary>
    internal static IEnumerable<(IServiceDesign Service, ServiceVariant Variant)> Variants(bool areRight) =>
        from service in ServiceCatalogue.Services
        from variant in service.Variants
        where variant.Twin is null == areRight
        select (service, variant);
}
