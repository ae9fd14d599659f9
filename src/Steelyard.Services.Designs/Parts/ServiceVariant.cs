using Steelyard.Histories;

namespace Steelyard.Services.Designs.Parts;

/// <summary>One way to build a service: right, or wrong in the one mechanism it is named after.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Summary">A few words on it.</param>
internal abstract record ServiceVariant(string Name, string Summary)
{
    /// <summary>The right one that this differs from in one thing; null where it is right itself.</summary>
    public string? Twin { get; init; }
}

/// <summary>What is done with any service's variants.</summary>
internal static class ServiceVariants
{
    /// <summary>A wrong twin of a variant, which still has to differ from it.</summary>
    public static T Wrong<T>(this T right, string name, string summary)
        where T : ServiceVariant => right with { Name = name, Summary = summary, Twin = right.Name };

    /// <summary>The one of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static T Named<T>(this IReadOnlyList<T> all, string name)
        where T : ServiceVariant =>
        all.FirstOrDefault(variant => variant.Name == name) ?? throw new UserMistakeException(
            $"--variant: expected one of {string.Join(", ", all.Select(variant => variant.Name))},"
            + $" found \"{name}\"");
}
