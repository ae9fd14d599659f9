using Steelyard.Services.Scenarios;

namespace Steelyard.Specs;

/// <summary>Scenarios of services that stand in a user's assembly, as designs without options of their
/// own.</summary>
internal static class ServicesScenarios
{
    /// <summary>Whether a type is one; it need not be public.</summary>
    public static bool IsOne(Type type) => typeof(IServicesScenario).IsAssignableFrom(type)
        && type is { IsInterface: false, ContainsGenericParameters: false };

    /// <summary>The design of a type that is one: it bears its full name.</summary>
    public static ScenarioDesign Of(Type type)
    {
        var name = type.FullName!;
        var summary = $"{type.Name}, a scenario of services";
        return new(name, summary, () =>
        {
            var world = new ServicesWorld();
            BuilderOf(type)(world);
            return world.ToScenario(name, summary);
        });
    }

    static Action<ServicesWorld> BuilderOf(Type type) => type.GetInterfaceMap(typeof(IServicesScenario))
        .TargetMethods[0].CreateDelegate<Action<ServicesWorld>>();
}
