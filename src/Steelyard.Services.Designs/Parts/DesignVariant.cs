using Steelyard.Histories;

namespace Steelyard.Services.Designs.Parts;

/// <summary>One way to build a design: right, or wrong in the one mechanism it is named after.</summary>
public abstract class DesignVariant
{
    private protected DesignVariant(string name, bool isRight, string summary)
    {
        Name = name;
        IsRight = isRight;
        Summary = summary;
    }

    /// <summary>As on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words on it.</summary>
    public string Summary { get; }

    /// <summary>Whether the design keeps all it promises, whatever happens.</summary>
    public bool IsRight { get; }

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    internal static T Find<T>(IReadOnlyList<T> all, string name)
        where T : DesignVariant =>
        all.FirstOrDefault(variant => variant.Name == name) ?? throw new UserMistakeException(
            $"--variant: expected one of {string.Join(", ", all.Select(variant => variant.Name))},"
            + $" found \"{name}\"");
}
