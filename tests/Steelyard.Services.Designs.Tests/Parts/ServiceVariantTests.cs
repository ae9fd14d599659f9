using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Tests.Parts;

public sealed class ServiceVariantTests
{
    public static TheoryData<string, string> WrongOnes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var service in ServiceCatalogue.Services)
                foreach (var variant in service.Variants.Where(variant => variant.Twin is not null))
                    data.Add(service.Name, variant.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WrongOnes))]
    public void What_is_wrong_differs_from_its_right_twin_in_one_thing(string service, string name)
    {
        var variants = ServiceCatalogue.Services.Single(any => any.Name == service).Variants;
        var variant = variants.Named(name);
        var twin = variants.Named(variant.Twin!);

        Assert.Null(twin.Twin);
        Assert.Single(DifferencesOf(variant, twin));
    }

    [Fact]
    public void A_service_is_right_where_nothing_is_said() =>
        Assert.All(ServiceCatalogue.Services, service => Assert.Null(service.Variants[0].Twin));

    // A cache stands in the world only for the keys that are kept in it.
    static IEnumerable<string> DifferencesOf(ServiceVariant variant, ServiceVariant twin) => variant.GetType()
        .GetProperties().Where(property => !Equals(property.GetValue(variant), property.GetValue(twin)))
        .Select(property => property.Name)
        .Except([nameof(variant.Name), nameof(variant.Summary), nameof(variant.Twin), "NeedsCache"]);
}
