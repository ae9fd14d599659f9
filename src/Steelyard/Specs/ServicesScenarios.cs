using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

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
        var summary = $"a scenario of services, {name}";
        return new(name, summary, () =>
        {
            var world = new ServicesWorld();
            BuilderOf(type)(world);
            return world.ToScenario(name, summary);
        })
        {
            Services = world => BuilderOf(type)(world),
        };
    }

    /// <summary>The one of a name: its full name, or the last word of it where no other has it.</summary>
    /// <param name="path">The assembly, for people.</param>
    /// <param name="all">All that it holds.</param>
    /// <param name="name">What was asked for; null is the only one.</param>
    /// <exception cref="UserMistakeException">There is none of that name, or several.</exception>
    public static IDesign Named(string path, IReadOnlyList<IDesign> all, string? name)
    {
        if (all.Count == 0)
            throw new UserMistakeException(
                $"{path}: expected a public class that implements IServicesScenario, found none");
        if (name is null && all is [var only])
            return only;
        if (all.FirstOrDefault(one => one.Name == name) is { } exactly)
            return exactly;
        var like = all.Where(one => LastWord(one.Name) == name).ToList();
        return like is [var meant] ? meant : throw new UserMistakeException(
            $"--scenario: expected one of {path} ({string.Join(", ", all.Select(one => one.Name))}), found "
            + (name is null ? "none"
                : like.Count > 1 ? $"\"{name}\", which {like.Count} of them are called"
                : $"\"{name}\"{Suggestion.For(name, all.Select(one => LastWord(one.Name)))}"));
    }

    /// <summary>The word of a full name that people say.</summary>
    public static string LastWord(string fullName) => fullName.Split('.', '+')[^1];

    static Action<ServicesWorld> BuilderOf(Type type) => type.GetInterfaceMap(typeof(IServicesScenario))
        .TargetMethods[0].CreateDelegate<Action<ServicesWorld>>();
}
